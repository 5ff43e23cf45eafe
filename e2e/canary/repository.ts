import type { Canaries } from './world.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');
/** YAML reads a JSON string as it is meant. */
const quoted = (text: string) => JSON.stringify(text);

/** A Secret as text; `fields` are lines such as `stringData: {…}`. */
export function secret(name: string, ...fields: string[]): string {
  return ['apiVersion: v1', 'kind: Secret', `metadata: {name: ${name}}`, ...fields, ''].join('\n');
}

export const stringData = (value: string) => `stringData: {value: ${quoted(value)}}`;

const CHART = (name: string) => `apiVersion: v2\nname: ${name}\nversion: 0.1.0\n`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {level: "1"}\n';

/** The folders that render, with what the names of the applications are. */
export function goodFolders(canaries: Canaries): Record<string, string> {
  const list = `apiVersion: v1\nkind: List\nitems:\n- ${JSON.stringify({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'listed' },
    data: { value: base64(canaries.listed.value) },
  })}\n`;
  return {
    'plain/config.yaml': CONFIG,
    'plain/data.yaml': secret('data', `data: {value: ${base64(canaries.data.value)}}`),
    'plain/text.yaml': secret('text', stringData(canaries.text.value)),
    'plain/list.yaml': list,
    'plain/pruned.yaml': secret('pruned', stringData(canaries.pruned.value)),
    'frozen/frozen.yaml': secret('frozen', 'immutable: true', stringData(canaries.frozen.value)),
    'refused-in-plan/secret.yaml': secret('refused-in-plan', stringData(canaries.refusedInPlan.value)),
    'refused-in-sync/secret.yaml': secret('refused-in-sync', stringData(canaries.refusedInSync.value)),
    'chart/Chart.yaml': CHART('chart'),
    'chart/values.yaml': `database: {login: ${canaries.chart.value}}\n`,
    'chart/templates/secret.yaml': secret('chart', 'stringData: {value: {{ .Values.database.login | quote }}}'),
    'overlay/kustomization.yaml': `secretGenerator:\n- {name: overlay, literals: ["value=${canaries.literal.value}"]}\n`,
  };
}

/** The folders that cannot be rendered, each with a tool that would like to say why. */
export function badFolders(canaries: Canaries): Record<string, string> {
  const patch = `apiVersion: v1\nkind: Secret\nmetadata: {name: x}\nstringData:\n  value: ${canaries.patchError.value}\n bad: indentation\n`;
  return {
    'bad-chart/Chart.yaml': CHART('bad-chart'),
    'bad-chart/values.yaml': `database: {login: ${canaries.chartError.value}}\n`,
    'bad-chart/templates/secret.yaml': secret(
      'x',
      'stringData: {value: {{ fail (printf "cannot use %s as a login" .Values.database.login) }}}',
    ),
    'bad-literal/kustomization.yaml': `secretGenerator:\n- {name: x, literals: ["${canaries.literalError.value}"]}\n`,
    'bad-patch/kustomization.yaml': `resources: [config.yaml]\npatches:\n- {patch: ${quoted(patch)}}\n`,
    'bad-patch/config.yaml': CONFIG,
    'bad-yaml/secret.yaml': secret('x', 'stringData:', `  value: "${canaries.broken.value}`, '  other: "x"'),
  };
}

/** Names of the applications: one a folder. */
export function foldersOf(files: Record<string, string>): string[] {
  return [...new Set(Object.keys(files).map((file) => file.split('/')[0] ?? ''))];
}
