import { executeCells } from './executeCells';
import type { ChildMessage, ChildTask } from './runner';

// The process that `runNotebook` starts for one notebook: takes the task from its parent, reports every cell.
process.once('message', async ({ notebook, folder }: ChildTask) => {
  process.chdir(folder);
  await executeCells(notebook, process.cwd(), run => send({ run, cell: notebook.cells[run.cell] }));
  // Late updates may have reached earlier cells, so all of them are sent again.
  send({ notebook }, () => process.exit(0));
});

function send(message: ChildMessage, then: () => void = () => {}): void {
  process.send?.(message, undefined, undefined, then);
}
