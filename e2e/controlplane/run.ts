/** Runs one control plane until Ctrl+C: `node e2e/controlplane/run.ts [FOLDER]`. Prints the path of its kubeconfig. */
import { startControlPlane } from './control-plane.ts';

const [dataDir] = process.argv.slice(2);
const controlPlane = await startControlPlane(dataDir === undefined ? {} : { dataDir });
process.stdout.write(`${controlPlane.kubeconfigPath}\n`);
const waiting = setInterval(() => undefined, 60_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    clearInterval(waiting);
    void controlPlane.stop();
  });
}
