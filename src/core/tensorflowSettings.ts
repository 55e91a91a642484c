/**
 * Settings that TensorFlow's native library reads when it is loaded: errors only, and sums always in the same order, so that
 * trainings repeat. To be called before whatever loads it; what the user has set stays.
 */
export function setTensorFlowDefaults(): void {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';
}
