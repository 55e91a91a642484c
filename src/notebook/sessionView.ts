import { shortNumber } from '../figures/theme';
import type { DisplayBundle } from './display';
import { facts } from './facts';
import type { Session } from './session';

/** A session as names and values, memory in one line. */
export function viewSession(session: Session): DisplayBundle {
  const { seed, mirror, heap, heapLimit, rss } = session;
  const memory = `${shortNumber(rss)} MB in all, of which heap ${shortNumber(heap)} of at most ${shortNumber(heapLimit)} MB`;
  return facts('Session', [
    ['legcnet', session.legcnet],
    ['Node', session.node],
    ['tslab', session.tslab],
    ['TypeScript', `${session.typescript}, which checks the cells`],
    ['TensorFlow.js', session.tfjs],
    ['TensorFlow', session.tensorflow ?? 'not loaded'],
    ['Plotly', session.plotly],
    ['seed', seed === null ? 'none told to session(); each step that draws takes its own' : String(seed)],
    ['backend', session.backend ?? 'our own, float64'],
    ['platform', `${session.platform}, ${session.cores} ${session.cores === 1 ? 'core' : 'cores'}`],
    ['memory', memory],
    ['data', mirror === null ? session.cache : `${mirror}, then ${session.cache}`],
  ]);
}
