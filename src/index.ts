// Every public name, in the order of the paper's pipeline.

// Long tasks
export type { LongRunOptions, Progress } from './core/longRun';
// Chance
export { NumpyRandom, type Shufflable } from './statistics/numpyRandom';
export { normal, type Random, randomStream } from './statistics/random';
// Data
export type { Dataset, Part, Procedure } from './data/dataset';
export { type LoadOptions, loadDataset } from './data/loadDataset';
export { type AuditOptions, auditDataset, type DatasetAudit } from './data/auditDataset';
export type { ClassSpread, FeatureAudit } from './data/featureAudit';
export type { SplitAudit } from './data/splitAudit';
export {
  type CopyDifference,
  compareWithOriginal,
  type OriginalComparison,
} from './data/compareWithOriginal';
export type { CsvOptions } from './data/csv';
export type { EncodingOptions } from './data/encoding';
export type { SplitOptions } from './data/preparation';
export { type ArraysOptions, datasetFromArrays, type TensorValues } from './data/datasetFromArrays';
export {
  datasetNames,
  extraEpochs,
  type StudyName,
  type StudySettings,
  studySettings,
} from './data/studySettings';
export {
  type DataFile,
  type DatasetEntry,
  dataFile,
  dataFileNames,
  datasetEntry,
  filesOf,
} from './data/manifest';
export { type FetchedFile, type FetchOptions, fetchFile } from './data/fetchFile';
export type { DownloadOptions } from './data/download';
export { type InitialWeights, initialWeights } from './data/initialWeights';
export { type LegcnetVariant, publishedMaskIndices } from './data/publishedMasks';
// Network
export type { Activation, Network } from './network/network';
export { type CreateNetworkOptions, createNetwork } from './network/createNetwork';
export type { Initializer } from './network/initialParameters';
export { type NetworkParts, networkFromWeights } from './network/networkFromWeights';
export { publishedNetwork } from './network/publishedNetwork';
export { loadNetwork, saveNetwork } from './network/networkFile';
export { fromLayersModel, toLayersModel } from './network/layersModel';
export type { Model, ModelArchitecture, ModelTensor } from './network/model';
export { captureModel } from './network/captureModel';
export { loadTensorFlow, type TensorFlow } from './network/tensorflow';
export type { SettingsOf, Trainable } from './network/trainable';
export { createMask, type Mask } from './network/mask';
export { type Layers, type WeightLayer, weightCount } from './core/weightLayers';
export { applyMask } from './network/applyMask';
export { predict } from './network/predict';
export {
  type AccuracyOptions,
  type AccuracyRule,
  accuracy,
  type ConfusionMatrix,
  confusionMatrix,
  flops,
  macroF1,
  macs,
} from './network/metrics';
// Training and recording
export { type TrainingRun, train } from './network/train';
export type { CheckpointOptions } from './network/checkpoint';
export { type ResumableTrainOptions, trainWithCheckpoint } from './network/trainWithCheckpoint';
export type {
  EngineName,
  Loss,
  OptimizerName,
  Recorder,
  Shuffle,
  StopRule,
  LoopTrainOptions,
  TrainingSettings,
  TrainOptions,
} from './network/trainingSettings';
export type { ModelSettings, ModelTrainOptions } from './network/modelSettings';
export type { EpochMetrics, Recording, RecordingStore, RecordingWindow } from './network/recording';
export { type ModelRecordOptions, type RecordOptions, recordTraining } from './network/recordTraining';
export { type OpenRecordingOptions, openRecording } from './network/openRecording';
export type { MemoryOptions } from './network/recordingOptions';
export type { Storage } from './network/iterateStore';
export { type Perturbation, perturb } from './network/perturb';
export { type ModelTwinOptions, type RecordTwinOptions, recordTwin } from './network/recordTwin';
export { type RecordTangentOptions, recordTangent } from './network/recordTangent';
export type { DifferenceRecording, RescaleOptions } from './network/differenceRecording';
export { type MisclassificationOptions, misclassification } from './network/misclassification';
export {
  activationSlopes,
  type LipschitzConstant,
  type LipschitzOptions,
  lipschitzConstant,
  lipschitzConstants,
  type ScalarActivation,
} from './network/lipschitzConstant';
// Chaos
export { type DivergenceCurve, type DivergenceCurveOptions, divergenceCurve } from './chaos/divergenceCurve';
export { type KantzCurve, type KantzCurveOptions, kantzCurve } from './chaos/kantzCurve';
export type { References } from './chaos/divergence';
export type { FitRange } from './chaos/growthRange';
export type { DirectForm } from './chaos/directEstimator';
export type { LyapROptions } from './chaos/lyapR';
export { type PublishedChain, publishedChains } from './chaos/publishedEstimator';
export {
  type DirectOptions,
  type KantzOptions,
  type LyapunovExponent,
  type LyapunovOptions,
  lyapunov,
  type RosensteinOptions,
  type RosensteinPreset,
} from './chaos/lyapunov';
export { type ExponentStatus, exponentStatuses, type WindowedExponents } from './chaos/windowedExponents';
export type { WindowOptions } from './chaos/placeWindows';
export { type AnalysisMemory, type AnalysisMemoryOptions, analysisMemory } from './chaos/analysisMemory';
export { type WindowedLyapunovOptions, type WorkerOptions, windowedLyapunov } from './chaos/windowedLyapunov';
export {
  type AnalysedTraining,
  type AnalysisWhileTraining,
  exponentsWhileTraining,
} from './chaos/exponentsWhileTraining';
export { type WindowStartsOptions, windowStarts } from './chaos/windowStarts';
export { type ChangePointOptions, changePoints } from './chaos/changePoints';
export {
  type GroupedRecording,
  groupedDifference,
  groupNames,
  type WeightGroup,
} from './chaos/groupedDifference';
export { type SeriesSurrogateKind, surrogate } from './chaos/surrogate';
export {
  type SurrogateBandOptions,
  type SurrogateTest,
  type SurrogateTestOptions,
  surrogateTest,
} from './chaos/surrogateTest';
export {
  type WindowedSurrogateOptions,
  type WindowedSurrogateTest,
  type WindowedSurrogateTestOptions,
  windowedSurrogateTest,
} from './chaos/windowedSurrogateTest';
// Causality
export { type AdfOptions, type AdfTest, adf } from './causality/adf';
export type { AdfLagRule } from './causality/adfRules';
export type { AdfNumbers } from './causality/createAdf';
export {
  type KpssCriticalValues,
  type KpssLags,
  type KpssNumbers,
  type KpssOptions,
  type KpssRegression,
  type KpssTest,
  kpss,
} from './causality/kpss';
export {
  type AdfRegression,
  type MackinnonCriticalValues,
  mackinnonCriticalValues,
  mackinnonPValue,
} from './causality/mackinnon';
export { type Stationarity, stationarity } from './causality/stationarity';
export {
  type StationarityOptions,
  type StationarityVerdict,
  stationarityVerdicts,
} from './causality/stationarityVerdict';
export {
  type ScannedTests,
  type StationarityScan,
  type StationarityScanOptions,
  stationarityScan,
} from './causality/stationarityScan';
export { difference } from './causality/difference';
export { detrend } from './causality/detrend';
export {
  type MakeStationaryOptions,
  makeStationary,
  type StationaryExponents,
  type StationaryTreatment,
  stationaryTreatments,
} from './causality/makeStationary';
export {
  type GrangerAtLag,
  type GrangerCandidate,
  type GrangerOptions,
  type GrangerTest,
  granger,
} from './causality/granger';
export type { LagOptions, LagRule } from './causality/lags';
export {
  type GrangerScan,
  type GrangerScanOptions,
  type GrangerTestName,
  grangerScan,
  type TestStatus,
  testStatuses,
} from './causality/grangerScan';
export {
  type RejectionRates,
  type TestSize,
  type TestSizeOptions,
  testSize,
  type UnrelatedSeries,
} from './causality/testSize';
export type {
  GaussianTransferOptions,
  KsgTransferOptions,
  Transfer,
  TransferEntropyOptions,
} from './causality/transferEstimator';
export { type TransferEntropy, transferEntropy } from './causality/transferEntropy';
export {
  type TransferEntropyScan,
  type TransferEntropyScanOptions,
  transferEntropyScan,
} from './causality/transferEntropyScan';
export {
  type EffortToCompress,
  type EffortToCompressOptions,
  effortToCompress,
} from './causality/effortToCompress';
export {
  type CompressionCausality,
  type CompressionCausalityOptions,
  compressionCausality,
} from './causality/compressionCausality';
export { type CrossMap, crossMap } from './causality/crossMap';
export type { CrossMapOptions, CrossMapping } from './causality/crossMapper';
export { type CrossMapScan, type CrossMapScanOptions, crossMapScan } from './causality/crossMapScan';
export {
  type CheckStatus,
  checkStatuses,
  type SurrogateKind,
  type SurrogateOptions,
} from './causality/nonlinearCheck';
export { adjustPValues, type PValueAdjustment } from './statistics/adjustPValues';
export { chi2UpperTail, fUpperTail, normalUpperTail, tUpperTail } from './statistics/tails';
// Pruning
export { type SelectWeightsOptions, selectWeights } from './pruning/selectWeights';
export { type RemovalCount, type RemovalCounts, removalCounts } from './pruning/removalCounts';
export type { Amount } from './pruning/amount';
export { type RandomMaskOptions, randomMask } from './pruning/randomMask';
export type { PruningRule, PruningScores, ScoreStatus } from './pruning/scores';
export { type PruningScoresOptions, pruningScores, type ScoreRule } from './pruning/pruningScores';
export type { SynflowBiases } from './pruning/synflowScores';
export { scoresFromScan } from './pruning/scoresFromScan';
export { type MaskFromScoresOptions, type MaskScope, maskFromScores } from './pruning/maskFromScores';
export { magnitudeMask } from './pruning/magnitudeMask';
export {
  type IterativePruning,
  type IterativePruningOptions,
  iterativePruning,
  type PruningRound,
  type Rewind,
} from './pruning/iterativePruning';
export { type ShuffledMaskOptions, shuffledMask } from './pruning/shuffledMask';
export { invertedMask } from './pruning/invertedMask';
export { type ReinitialiseOptions, reinitialise } from './pruning/reinitialise';
export { type DenseShape, smallerDense } from './pruning/smallerDense';
export {
  type ControlName,
  type ControlNetwork,
  type ControlNetworks,
  type ControlNetworksOptions,
  controlNames,
  controlNetworks,
} from './pruning/controlNetworks';
export { retrain } from './network/retrain';
export { compact } from './network/compact';
export {
  type CompactionReport,
  type CompactionReportOptions,
  compactionReport,
  type NetworkSize,
} from './network/compactionReport';
export {
  type ExponentFlopsOptions,
  exponentFlops,
  grangerFlops,
  scoringFlops,
  trainingFlops,
} from './pruning/searchCost';
export {
  type CostStage,
  type EnergyAssumption,
  type EnergyOptions,
  type TrainingCost,
  trainingCost,
} from './pruning/trainingCost';
export { type Comparison, type ComparisonRow, compare } from './network/compare';
// Runs against runs
export {
  type BootstrapInterval,
  type BootstrapMethod,
  type BootstrapOptions,
  bootstrapInterval,
  type IntervalStatus,
} from './statistics/bootstrapInterval';
export { mean, median } from './statistics/moments';
export {
  type PairedDifference,
  type PairedDifferenceOptions,
  pairedDifference,
} from './statistics/pairedDifference';
export { type SignedRankTest, signedRankTest } from './statistics/signedRankTest';
export {
  type EquivalenceDesign,
  type EquivalenceOptions,
  type EquivalenceTest,
  equivalenceTest,
} from './statistics/equivalenceTest';
export { type ShareInterval, type ShareIntervalOptions, shareInterval } from './statistics/shareInterval';
export { unstoppedShare } from './network/unstoppedShare';
export {
  type MaskAgreement,
  type MaskAgreementOptions,
  type MaskChance,
  type MaskPair,
  maskAgreement,
} from './pruning/maskAgreement';
// Spectra
export { layerMatrix, type WeightMatrix } from './spectra/weightMatrix';
export { type LayerSpectrum, layerSpectrum, type SpectrumStatus } from './spectra/layerSpectrum';
export type { BulkEdge } from './spectra/bulkEdge';
export type { DeterminantTail } from './spectra/determinantTail';
export {
  fitPowerLaw,
  type PowerLawFailure,
  type PowerLawFit,
  type PowerLawOptions,
  type TrainingLabel,
} from './spectra/fitPowerLaw';
export type { PowerLawScan } from './spectra/powerLawScan';
export {
  comparePowerLaw,
  type PowerLawComparison,
  type TailComparison,
  type TailLaw,
} from './spectra/comparePowerLaw';
export {
  type Curve,
  type MarchenkoPasturFit,
  type MatrixShape,
  marchenkoPastur,
} from './spectra/marchenkoPastur';
export {
  type RandomizedSpectrum,
  type RandomizedSpectrumOptions,
  randomizedSpectrum,
} from './spectra/randomizedSpectrum';
export {
  type NullStatistic,
  type SpectrumNull,
  type SpectrumNullOptions,
  spectrumNull,
} from './spectra/spectrumNull';
export type { SpectrumNullKind } from './spectra/nullDraws';
export { type GoodnessOfFit, type GoodnessOfFitOptions, goodnessOfFit } from './spectra/goodnessOfFit';
export { tracyWidomUpperTail } from './statistics/tracyWidom';
// Explanation
export { type ExplainedRows, type RowMatrix, selectRows } from './explanation/explainedRows';
export type { BatchFunction, ExplainableModel } from './explanation/explainedModel';
export { type FeatureGroups, pixelBlocks } from './explanation/players';
export type { Link } from './explanation/coalitionGame';
export { type ShapleyOptions, shapley } from './explanation/shapley';
export {
  type ShapleyMethod,
  type ShapleyStatus,
  type ShapleyValues,
  shapleyStatuses,
} from './explanation/shapleyValues';
export { type ImportanceOptions, importance, type ShapleyImportance } from './explanation/importance';
export {
  type Drift,
  type DriftMeasure,
  type DriftOptions,
  type DriftValue,
  drift,
  driftMeasures,
  type ImportanceDrift,
  importanceDrift,
} from './explanation/drift';
export { kendallTauB, spearman } from './statistics/rankCorrelation';
// Figures
export { type Figure, figure, type Layout, type Trace } from './figures/figure';
export { type NetworkFigureOptions, networkFigure } from './figures/networkFigure';
export {
  type FlowArrow,
  type FlowBox,
  type FlowFigureOptions,
  type FlowKind,
  flowFigure,
} from './figures/flowFigure';
export { type ActivationSlopes, activationSlopeFigure } from './figures/activationSlopeFigure';
export { classBalanceFigure } from './figures/classBalanceFigure';
export { featureFigure } from './figures/featureFigure';
export { type ImageFigureOptions, imageFigure, type NamedImage } from './figures/imageFigure';
export { lossFigure, type TrainedEpochs } from './figures/lossFigure';
export { type TrajectoryFigureOptions, trajectoryFigure } from './figures/trajectoryFigure';
export {
  type GrowthFigureOptions,
  type GrowthSlope,
  growthFigure,
  type NamedGrowth,
} from './figures/growthFigure';
export { growthRateFigure } from './figures/growthRateFigure';
export { exponentFigure } from './figures/exponentFigure';
export { type ExponentSample, exponentDistributionFigure } from './figures/exponentDistributionFigure';
export { type SurrogatePanel, surrogateFigure } from './figures/surrogateFigure';
export { type GrangerFigureOptions, grangerFigure } from './figures/grangerFigure';
export { type SeriesFigureOptions, seriesFigure } from './figures/seriesFigure';
export { type StationarityCase, stationarityFigure } from './figures/stationarityFigure';
export { type LagFigureOptions, lagFigure } from './figures/lagFigure';
export { testSizeFigure } from './figures/testSizeFigure';
export { type CausesCase, type CausesFigureOptions, causesFigure } from './figures/causesFigure';
export { correctionFigure } from './figures/correctionFigure';
export { comparisonFigure } from './figures/comparisonFigure';
export { type ForestFigureOptions, type ForestPoint, forestFigure } from './figures/forestFigure';
export { type StartPoint, type StartsFigureOptions, startsFigure } from './figures/startsFigure';
export { spectrumFigure } from './figures/spectrumFigure';
export { type BulkFigureOptions, bulkFigure } from './figures/bulkFigure';
export {
  type RandomizedFigureOptions,
  type RandomizedPanel,
  randomizedFigure,
} from './figures/randomizedFigure';
export { alphaFigure } from './figures/alphaFigure';
export { type NullFigureOptions, nullFigure } from './figures/nullFigure';
export { type ShapleyBarOptions, shapleyBarFigure } from './figures/shapleyBarFigure';
export { type BeeswarmOptions, beeswarmFigure } from './figures/beeswarmFigure';
export { type WaterfallOptions, waterfallFigure } from './figures/waterfallFigure';
export {
  type ShapleyPanel,
  type ShapleyPanelOptions,
  shapleyPanelFigure,
} from './figures/shapleyPanelFigure';
// The study
export { type LegcnetOptions, type LegcnetRun, legcnetFT, legcnetPT, soundSearch } from './study/legcnet';
export type { TrainedControl } from './study/trainedControls';
export { costInDenseRuns } from './study/costInDenseRuns';
export {
  compactionSizes,
  compactionTimes,
  type MaskCompaction,
  maskCompactions,
} from './study/maskCompactions';
export type { CausalSearch, SearchSettings, SearchSteps, TargetSettings } from './study/causalSearch';
export { type StudyProcedure, studyProcedure } from './study/studyProcedure';
export { type StudyTrainingOptions, studyTraining } from './study/studyTraining';
export type { SmallDataset } from './study/smallDatasets';
export { type StudyTableOptions, table1, table2, table3 } from './study/tables';
export { type TablesSummary, tablesSummary } from './study/tablesSummary';
export type { RunOutcome } from './study/runOutcome';
export {
  type StudyArm,
  type StudyRecord,
  type StudyRecordOptions,
  type StudyStart,
  studyRecord,
} from './study/studyRecord';
export type { CellDistribution } from './study/cellDistribution';
export { type ComparisonFigure, tableFigure } from './study/tableFigure';
export {
  type ChoiceRecord,
  type ChoiceRecordOptions,
  type ChoiceRival,
  choiceRecord,
  choiceRivals,
  type RivalOutcome,
} from './study/choiceRecord';
export {
  type ChoiceComparison,
  type ChoiceRow,
  type ChoiceStudy,
  type ChoiceStudyOptions,
  choiceStudy,
} from './study/choiceStudy';
export { type ChoiceFigureOptions, choiceFigure } from './study/choiceFigure';
export { savedChoices } from './study/savedChoices';
export type { CellCounts, Columns, RowMask, StudyCell, StudyRow, StudyTable } from './study/studyTable';
export { type RecomputedMask, type RecomputedMaskOptions, recomputedMask } from './study/recomputedMask';
export { type MaskChoice, publishedChoices, searchOf } from './study/maskChoice';
export { type MaskOverlap, maskOverlap, type OrderAgreement } from './study/maskOverlap';
export {
  type ChoiceOutcome,
  type MaskChoicesOptions,
  type MaskChoicesRow,
  type MaskChoicesTable,
  maskChoices,
  savedMaskChoices,
} from './study/maskChoices';
export type { TriedChoice } from './study/triedChoices';
export { allVowelReadings, type VowelReading } from './study/vowelReading';
export {
  savedVowelReadings,
  type VowelReadingRow,
  type VowelReadings,
  type VowelReadingsOptions,
  vowelReadings,
} from './study/vowelReadings';
export {
  type MnistCost,
  type MnistNetwork,
  type MnistRun,
  type MnistRunOptions,
  type MnistSearch,
  mnistRun,
  type StepCost,
} from './study/mnistRun';
export type { MnistOutcome, MnistReading } from './study/mnistOutcome';
export { type MnistMasks, mnistRecord } from './study/mnistRecord';
export { type SavedMnistRun, type SavedMnistRuns, savedMnistRuns } from './study/savedMnistRuns';
export {
  type LayerDiagnosis,
  type SpectralRow,
  type SpectralRowOptions,
  spectralRow,
} from './study/spectralRow';
export {
  savedTable4,
  type SpectralNetwork,
  type SpectralNetworkName,
  type SpectralTable,
  type SpectralTableRow,
  type Table4Options,
  table4,
} from './study/table4';
export {
  type SpectralNetworksOptions,
  spectralNetworks,
  type TrainedSpectralNetwork,
} from './study/spectralNetworks';
export {
  type RecordedLayer,
  type RecordedNetwork,
  type SpectralRecord,
  type SpectralRecordOptions,
  spectralRecord,
} from './study/spectralRecord';
export { type SavedSpectralRecord, savedSpectralRecords } from './study/savedSpectralRecords';
export {
  impliedLargest,
  type ValueRange,
  type Table4Agreement,
  type Table4AgreementRow,
  table4Agreement,
} from './study/table4Agreement';
export {
  type Figure5Options,
  figure5,
  type NamedNetwork,
  type SavedFigure5Options,
  savedFigure5,
} from './study/figure5';
export { figure1 } from './study/figure1';
export type { FigureRunOptions } from './study/figureRun';
export { figure2, figure3, figure4 } from './study/methodFigures';
export { methodFigure, overviewFigure } from './study/methodFigure';
export { type MethodNumbers, methodNumbers, type TrainingNumbers } from './study/methodNumbers';
export { type Figure6, type Figure6Options, type Figure6Panel, figure6 } from './study/figure6';
export { figure6Figures } from './study/figure6Figures';
export type { BarDataset, BarNetwork } from './study/shapBars';
export {
  type MagnitudeOutcome,
  type MagnitudeRule,
  type MagnitudeRules,
  type MagnitudeRulesOptions,
  type MagnitudeRulesRow,
  magnitudeRules,
} from './study/magnitudeRules';
export { type PruningError, type PruningErrorOptions, pruningError } from './study/pruningError';
export type { TheoremRule } from './study/theoremMasks';
export type { TheoremFit, TheoremRow } from './study/theoremFits';
export {
  type TheoremOptions,
  type TheoremSimulation,
  type TheoremSparsity,
  theoremSimulation,
} from './study/theoremSimulation';
export { recomputedTheorem, savedTheorem } from './study/savedTheorem';
export { type NamedSimulation, type TheoremFigureOptions, theoremFigure } from './study/theoremFigure';
export { type OpenQuestion, openQuestions, type Reading, type ReadingHow } from './study/openQuestions';
export { type QuestionRecord, questionRecord, type ReadingOutcome } from './study/questionRecord';
export {
  type DatasetChange,
  type QuestionStudy,
  questionStudy,
  type ReadingChange,
} from './study/questionStudy';
export { questionFigure } from './study/questionFigure';
export { savedQuestions } from './study/savedQuestions';
export { type ClaimRow, type Claims, type ClaimsOptions, claims } from './study/claims';
export type { ClaimNumber, Verdict } from './study/claim';
// Sweeps
export {
  type GridOf,
  type GridValue,
  jobsOfFile,
  type SweepFile,
  type SweepGrid,
  sweepGrid,
} from './sweep/sweepGrid';
export type { PlainValue } from './sweep/canonicalText';
export type {
  ChoiceJob,
  LegcnetJob,
  ModuleJob,
  StartOfJob,
  SweepCell,
  SweepJob,
  SweepRow,
  TablesJob,
} from './sweep/sweepJob';
export { type Shard, type SweepOptions, sweep } from './sweep/sweep';
export type { JobStatus, Sweep, SweptJob } from './sweep/sweepResult';
// Notebook
export { type InitOptions, init } from './notebook/init';
export type { PlotlyBundle } from './notebook/plotlyEmbed';
export { type Session, type SessionOptions, session } from './notebook/session';
export { type ParamValue, params } from './notebook/params';
export { type DisplayBundle, type DisplayOptions, display } from './notebook/display';
export { type ProgressOptions, progress } from './notebook/progress';
export { type Kinded, registerView, show, type View } from './notebook/views';
export {
  type CellValue,
  type FrameLike,
  type Table,
  type TableOptions,
  type Timings,
  table,
  timings,
} from './notebook/table';
// Sharing
export { type Environment, environment } from './notebook/environment';
export {
  type ExportOptions,
  type ExportPlaceOptions,
  exportResults,
} from './export/exportResults';
export { type ExportNotebookOptions, exportNotebook } from './export/exportNotebook';
export { checkExport } from './export/checkExport';
export type { DifferingFile, ExportCheck, ExportedFolder, LeftOut } from './notebook/exportView';
