import type { FetchOptions } from '../data/fetchFile';
import { type LegcnetVariant, publishedMaskIndices } from '../data/publishedMasks';
import type { StudyName } from '../data/studySettings';
import { createMask, type Mask } from '../network/mask';
import type { Network } from '../network/network';

/** The mask that the study lists for an initialisation, as `publishedMaskIndices`, for a network of its shape. */
export async function publishedMask(
  { layers }: Network,
  name: StudyName,
  variant: LegcnetVariant,
  initialisation: number,
  options: FetchOptions = {},
): Promise<Mask> {
  const removed = await publishedMaskIndices(name, variant, initialisation, options);
  return createMask(layers, removed, `published LEGCNet-${variant} mask of initialisation ${initialisation}`);
}
