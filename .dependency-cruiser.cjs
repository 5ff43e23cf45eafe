/** The import table of ARCHITECTURE.md. `npm run check:boundaries` also plants a forbidden import and expects it to be found. */
const SERVER_ONLY = '^lib/(database|services|adapters|workers|http|launcher|sandbox|testing|wiring)';
const rule = (name, from, to, comment) => ({ name, severity: 'error', from, to, comment });
const only = (room, allowed) =>
  rule(
    `${room.replace('lib/', '')}-imports`,
    { path: `^${room}(/|\\.ts$)`, pathNot: '\\.test\\.ts$' },
    { path: '^(app|components|lib|prisma|e2e)/', pathNot: `^(${[room, ...allowed].join('|')})(/|\\.ts$)` },
    `${room} may import: itself, ${allowed.join(', ') || 'nothing of ours'}`,
  );
module.exports = {
  forbidden: [
    rule('no-cycles', {}, { circular: true }, 'the house has no circles'),
    only('lib/domain', []),
    rule(
      'domain-is-pure',
      { path: '^lib/domain', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['core'] },
      'no I/O in the domain',
    ),
    rule(
      'domain-npm',
      { path: '^lib/domain', pathNot: '\\.test\\.ts$' },
      { dependencyTypes: ['npm'], pathNot: 'node_modules/(semver|yaml|picomatch|diff|croner|@marcbachmann/cel-js)/' },
      'only pure helpers in the domain',
    ),
    only('lib/contracts', ['lib/domain']),
    only('lib/ports', ['lib/domain']),
    only('lib/config', ['lib/observability']),
    only('lib/observability', ['lib/config', 'lib/domain']),
    only('lib/database', ['lib/domain', 'lib/config', 'lib/observability']),
    only('lib/services', [
      'lib/domain',
      'lib/contracts',
      'lib/ports',
      'lib/database',
      'lib/config',
      'lib/observability',
    ]),
    only('lib/adapters', ['lib/ports', 'lib/domain', 'lib/config', 'lib/observability']),
    rule(
      'adapters-stand-alone',
      { path: '^lib/adapters/([^/]+)/' },
      { path: '^lib/adapters/', pathNot: '^lib/adapters/$1/' },
      'an adapter never imports another',
    ),
    only('lib/wiring', [
      'lib/config',
      'lib/observability',
      'lib/database',
      'lib/services',
      'lib/adapters',
      'lib/ports',
      'lib/domain',
    ]),
    only('lib/workers', [
      'lib/wiring',
      'lib/services',
      'lib/database',
      'lib/config',
      'lib/observability',
      'lib/domain',
      'lib/ports',
    ]),
    only('lib/http', ['lib/wiring', 'lib/services', 'lib/contracts', 'lib/config', 'lib/observability', 'lib/domain']),
    only('lib/client', ['lib/contracts', 'lib/domain']),
    only('lib/sandbox', ['lib/ports', 'lib/domain', 'lib/config', 'lib/observability']),
    rule(
      'sandbox-started-by-its-entry',
      { pathNot: '^(lib/sandbox|lib/launcher|lib/testing|e2e|.*\\.test\\.ts)' },
      { path: '^lib/sandbox' },
      'the sandbox is a separate program',
    ),
    rule(
      'components-know-contracts',
      { path: '^components' },
      { path: `${SERVER_ONLY}|^(app|prisma|e2e)/` },
      'no server code in components',
    ),
    rule(
      'components-have-no-siblings',
      { path: '^components/([^/]+)/', pathNot: '^components/(ui|shell)/' },
      { path: '^components/', pathNot: '^components/($1|ui|shell|diff|health)/' },
      'pages compose nouns',
    ),
    rule(
      'ui-has-no-domain-words',
      { path: '^components/ui' },
      { path: '^components/(?!ui/)' },
      'primitives stand alone',
    ),
    rule(
      'app-is-a-door',
      { path: '^app' },
      { path: '^lib/(database|adapters|workers|sandbox|testing|launcher)|^prisma' },
      'doors call verbs',
    ),
    rule(
      'prisma-client-has-one-importer',
      { pathNot: '^lib/database' },
      { path: '^lib/database/generated|node_modules/@prisma/(client|adapter-pg)' },
      'rows become domain types in lib/database',
    ),
    rule(
      'no-tests-in-products',
      { pathNot: '\\.test\\.ts$|^e2e|^lib/testing|^lib/launcher' },
      { path: '\\.test\\.ts$|^e2e/|^lib/testing/' },
      'tests are leaves',
    ),
    rule('not-unresolvable', {}, { couldNotResolve: true, pathNot: '^(cloudflare:|bun)' }, 'every import resolves'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(\\.next|node_modules|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
