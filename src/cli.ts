#!/usr/bin/env node
const usage = `legcnet: chaos-causality pruning, step by step

  legcnet table 1|2|3 [--procedure published|described|sound] [--masks published|recomputed] [--dataset NAME ...]
                      [--init row|all|1..5] [--recompute] [--max-epochs N] [--json]
      the paper's table, our values beside the published ones, from saved rows or trained again; recomputed masks are
      made again from the initial weights, by default for all initialisations, and set beside those that the study lists
  legcnet table 4 [--recompute [--init 1..5] [--checkpoint FOLDER] [--save]] [--json]
      WeightWatcher's alpha of five MNIST networks, layer by layer, with p-values, and the paper's Table 4 beside its own
      figures; from saved rows, or trained again (80 s of processor time for each), which --save keeps
  legcnet figure 1|2|3|4 [--dataset NAME] [--procedure published|described|sound] [--variant FT|PT] [--seed N | --init 1..10] [--json]
      the paper's Figures 1 to 4 with the numbers of a run made now: network and mask, method at a glance, flowcharts of FT
      and PT; by default of Iris under sound, initial weights from seed 1
  legcnet figure 5 [--init 1..5] [--layer 1|2|3 ...] [--network NAME ...] [--json]
      the paper's Figure 5 from the saved rows: spectra beside those of shuffled weights; as JSON one Plotly figure a panel
  legcnet figure 6 [--dataset NAME ...] [--network dense|FT|PT|random|magnitude ...] [--json]
      the paper's Figure 6: mean |SHAP| of each feature, computed now, beside the paper's; as JSON one Plotly figure a panel
  legcnet theorem [--recompute [--save]] [--json]
      Theorem 0.1 by simulation: how the error of pruning changes with width, for random, magnitude and LEGCNet masks; from
      saved rows, or made again (three minutes)
  legcnet tables --summary [--recompute] [--json]
      how many cells of Tables 1 to 3 agree, lie inside our distribution, are explained, or are not
  legcnet tables --verify [--seed N]
      makes three saved rows again, drawn by a seed (default: the time), and compares them bit for bit
  legcnet tables --make [--dataset NAME ...] [--procedure NAME ...] --out FILE
      trains what the saved rows hold and writes it to FILE; what FILE holds already is left, so that it goes on where
      it was stopped
  legcnet choice [--dataset NAME ...] [--procedure NAME ...] [--recompute --out FILE [--checkpoint FOLDER]] [--json]
      does LEGCNet's choice of weights beat its rivals at equal sparsity? From saved runs; --recompute trains those that
      FILE lacks and writes them there (half an hour for the small sets, an hour for --dataset mnist), so that a run that
      was stopped goes on; with a folder also within a run
  legcnet mask NAME FT|PT INIT [--max-lag N] [--json]
      one mask of the small networks made again, beside the published one, and the network trained under it
  legcnet masks [--remake] [--json]
      which ways of making masks give the published ones, from saved rows; --remake makes the rows again (ten minutes)
  legcnet vowel [--remake] [--json]
      readings of the study's vowel run nearest to the paper's row, from saved rows; --remake trains them again (five minutes)
  legcnet mnist [--init 1..5 [--seed N] [--networks NAME,...] [--checkpoint FOLDER] [--save]] [--json]
      the saved runs of MNIST, or one made now (minutes): all 41 000 weights analysed while the network trains, then
      dense and pruned networks, as intended and as coded; with a folder, killed runs go on where they were
  legcnet claims [--only NUMBER|'Table 1' ...] [--json]
      the paper's claims, tables and figures, each with a verdict, the numbers it follows from, computed now, the rule, and
      where to look (half a minute)
  legcnet questions [--remake [--dataset NAME ...] --out FILE] [--json]
      what the paper's text leaves open: every reading against the one that the study's numbers come out of, from saved runs;
      --remake trains those that FILE lacks (a quarter of an hour for all) and writes them there
  legcnet sweep FILE.json [--folder FOLDER] [--workers N] [--shard I/N] [--dry] [--json]
      does the jobs of a file, each once: results are kept in the folder (default: sweeps), and what is there is not done
      again; --shard does one of N parts, for any scheduler, and a later run without it gathers; --dry says how the jobs
      stand, --json prints the rows, with NaN, Infinity and -Infinity as words. All jobs are checked before the first is
      begun. The file: {"grids": [{"work": "legcnet", "dataset": ["iris", "cancer"], "init": [1, 2]}]}
  legcnet sweep FILE.json --slurm N
      prints a script for sbatch: an array of N tasks, and how to gather
  legcnet sweep FILE.json --redis URL|env [--queue NAME] [--folder FOLDER] [--forget] [--json]
      puts the jobs into a queue, where workers do them, and gathers the results (needs: npm install bullmq ioredis);
      env takes the address from LEGCNET_REDIS, where no list of processes shows it; --forget clears them from the server
  legcnet worker --redis URL [--workers N] [--modules FOLDER] [--folder FOLDER] [--queue NAME] [--lease S] [--grace S]
      does jobs of the queue on this machine; results travel through Redis, or, with --folder, to a folder that all machines
      share; jobs that name a module run only below --modules; the address may stand in LEGCNET_REDIS instead
  legcnet export NAME [--out FOLDER] [--committed] [--replace]
      executes a notebook and writes what it shows into FOLDER/NAME (default: exports/NAME): figures as HTML, PNG and SVG,
      tables as CSV, JSON and LaTeX, the code, versions, checksums; --committed takes the notebook as committed, and an
      .ipynb given by its path is taken as it is; --replace replaces an earlier export that nobody changed
  legcnet export --check FOLDER
      compares an exported folder with its checksums and names the files that differ
  legcnet notebook NAME [--out FOLDER] [--publish] [--param NAME=VALUE ...]
      executes notebooks/NAME.ts and writes the executed notebook and an offline HTML report; with --publish
      writes notebooks/NAME.ipynb instead, as it is committed: figures as PNG, no scripts; --param sets what the notebook
      reads by params()
  legcnet notebooks [NAME ...] [--recompute] [--out FOLDER]
      executes our notebooks (default: all) and writes them as they are committed; a page in the folder (default: reports)
      shows how far a failed one came; --recompute computes what they read from saved rows and writes to FOLDER/recomputed
  legcnet report [--out FOLDER]
      all notebooks as a site with live figures that needs no network (default: reports/site); runs only those that have
      changed since they were executed last
  legcnet kernel install [--prefix FOLDER|--user] [--heap MB]
      offers the kernel "TypeScript (legcnet)" to the Jupyter of an environment or, without --prefix, to every Jupyter of
      this user; MB is the room for results (default 4096)
  legcnet kernel remove [--prefix FOLDER|--user]
      takes it away again
  legcnet kernel list [--prefix FOLDER]
      says where it is installed, and whether it would start
  legcnet setup [--lab] [--check] [STEP ...]
      what an installed package needs besides npm: TensorFlow's binding and the kernel for this user's Jupyter; with --lab a
      JupyterLab of its own instead, inside node_modules
  legcnet lab [OPTION ...]
      JupyterLab on copies of our notebooks in my-notebooks, with the kernel; options are JupyterLab's
  legcnet bench [training|chain|numerics|explanations|spectra|limits|scaling ...] [--quick] [--json [FILE.json]] [--page FILE.html]
                [--compare [RUN.json [REFERENCE.json]]] [--save]
      in a clone of the repository only, an installed package brings no benchmarks: speeds beside those of PyTorch and
      TensorFlow.js (training), NumPy, nolds and statsmodels (chain, numerics), shap and WeightWatcher, installed in
      .bench-venv (PyTorch is half a gigabyte), and beside the targets; scaling: how time and memory grow with weights, to a
      million, and with workers; limits: how near kernels come to what the machine can do; by default all, with figures in
      reports/bench.html. --compare fails where a ratio is more than 20 % worse than in bench/reference.json, into which
      --save puts the sets that were measured, or could not be measured; it reads runs from files where they are named
  legcnet data [NAME ...]
      fetches every file of the named data sets (default: all), weights and masks included, and checks them
`;

type Command = (args: string[]) => Promise<void>;

/** Commands by name, each loaded when it is called for. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  table: async () => (await import('./commands/table.js')).printTable,
  tables: async () => (await import('./commands/table.js')).printTables,
  figure: async () => (await import('./commands/figure.js')).printFigure,
  theorem: async () => (await import('./commands/theorem.js')).printTheorem,
  choice: async () => (await import('./commands/choice.js')).printChoice,
  mask: async () => (await import('./commands/mask.js')).printMask,
  masks: async () => (await import('./commands/mask.js')).printMasks,
  questions: async () => (await import('./commands/questions.js')).printQuestions,
  claims: async () => (await import('./commands/claims.js')).printClaims,
  vowel: async () => (await import('./commands/runs.js')).printVowel,
  mnist: async () => (await import('./commands/runs.js')).printMnist,
  export: async () => (await import('./commands/export.js')).printExport,
  setup: async () => (await import('./commands/setUp.js')).setUp,
  lab: async () => (await import('./commands/setUp.js')).startLab,
  kernel: async () => (await import('./commands/kernel.js')).manageKernel,
  notebook: async () => (await import('./commands/notebooks.js')).printNotebook,
  notebooks: async () => (await import('./commands/notebooks.js')).printNotebooks,
  report: async () => (await import('./commands/notebooks.js')).printReport,
  sweep: async () => (await import('./commands/sweep.js')).printSweep,
  worker: async () => (await import('./commands/worker.js')).runWorker,
  bench: async () => (await import('./commands/bench.js')).printBench,
  data: async () => (await import('./commands/tools.js')).printData,
};

async function main(): Promise<void> {
  const [name = 'help', ...args] = process.argv.slice(2);
  if (name === 'help' || name === '--help') {
    process.stdout.write(usage);
    return;
  }
  if (!Object.hasOwn(commands, name)) throw new RangeError(`There is no command '${name}'.\n\n${usage}`);
  // Set-up names its steps.
  if (args.includes('--help') && name !== 'setup') {
    process.stdout.write(usageOf(name));
    return;
  }
  const command = await commands[name]();
  await command(args);
}

/** What `usage` says of one command. */
function usageOf(name: string): string {
  const entries = usage.split(/^(?= {2}legcnet )/m);
  return entries.filter(entry => entry.startsWith(`  legcnet ${name} `)).join('');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
