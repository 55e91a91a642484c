process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';

/** Why tests of TensorFlow are skipped, or false when its native binding loads. */
export const tfjsSkip: string | false = reason();

function reason(): string | false {
  try {
    require('@tensorflow/tfjs-node');
    return false;
  } catch {
    return 'the native binding of @tensorflow/tfjs-node is not installed';
  }
}
