/** A failure told to the user as three sentences; `output` is what a failed program printed, where that helps. */
export class SetupError extends Error {
  constructor({ tried, problem, remedy, output = '' }) {
    super(problem);
    this.tried = tried;
    this.remedy = remedy;
    this.output = output;
  }
}
