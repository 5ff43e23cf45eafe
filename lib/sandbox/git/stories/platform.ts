import { CHECKOUT_BASE, CHECKOUT_BUDGET, CHECKOUT_VERBOSE, checkoutConfig, checkoutOverlay } from './checkout-files.ts';
import { NOTIFIER_SMTP, notifierConfig, notifierDeployment } from './notifier-files.ts';
import { SEARCH_TEMPLATES, SEARCH_VALUES, searchChart, searchEnvironment } from './search-files.ts';
import type { Story } from './story.ts';

const README = `# platform

- \`checkout/\`: Kustomize, one overlay per environment on a common base
- \`charts/search/\`: a Helm chart, one values file per environment
- \`notifier/\`: plain manifests
`;

const overlay = (environment: string): string => `checkout/overlays/${environment}/kustomization.yaml`;
const values = (environment: string): string => `charts/search/values-${environment}.yaml`;

/** Three applications in one repository: Kustomize, Helm and plain YAML. */
export const PLATFORM: Story = {
  repository: 'platform',
  description: 'A Kustomize application, a Helm chart and a plain application',
  commits: [
    {
      label: 'first',
      author: 'amadou',
      date: '2026-08-24T08:30:00Z',
      subject: 'Describe checkout with Kustomize',
      files: {
        'README.md': README,
        ...CHECKOUT_BASE,
        [overlay('dev')]: checkoutOverlay('dev', { tag: '3.0.2', replicas: 1 }),
      },
    },
    {
      label: 'checkout-environments',
      author: 'amadou',
      date: '2026-08-25T09:14:00Z',
      subject: 'Add staging and production of checkout',
      files: {
        [overlay('staging')]: checkoutOverlay('staging', { tag: '3.0.2', replicas: 2 }),
        [overlay('production')]: checkoutOverlay('production', { tag: '3.0.2', replicas: 3 }),
      },
    },
    {
      label: 'notifier',
      author: 'priya',
      date: '2026-08-31T13:02:00Z',
      subject: 'Bring the notifier under Git',
      files: { 'notifier/deployment.yaml': notifierDeployment('0.7.3', false), 'notifier/smtp.yaml': NOTIFIER_SMTP },
    },
    {
      label: 'search-chart',
      author: 'jonas',
      date: '2026-09-03T10:20:00Z',
      subject: 'Chart for the search service',
      files: {
        'charts/search/Chart.yaml': searchChart('0.1.0', '2.2.0'),
        'charts/search/values.yaml': SEARCH_VALUES,
        [values('dev')]: searchEnvironment('2.2.0', 1),
        [values('staging')]: searchEnvironment('2.2.0', 1),
        [values('production')]: searchEnvironment('2.2.0', 2),
        ...SEARCH_TEMPLATES,
      },
    },
    {
      label: 'checkout-3.1.0-dev',
      author: 'bot',
      date: '2026-09-10T07:41:00Z',
      subject: 'checkout 3.1.0 in dev',
      files: { [overlay('dev')]: checkoutOverlay('dev', { tag: '3.1.0', replicas: 1 }) },
    },
    {
      label: 'checkout-verbose',
      author: 'mara',
      date: '2026-09-11T15:26:00Z',
      subject: 'Log everything in dev',
      body: 'As a component, so that staging can borrow it while we look for the lost orders.',
      files: {
        ...CHECKOUT_VERBOSE,
        [overlay('dev')]: checkoutOverlay('dev', { tag: '3.1.0', replicas: 1, verbose: true }),
      },
    },
    {
      label: 'checkout-3.1.0',
      author: 'mara',
      date: '2026-09-16T11:48:00Z',
      subject: 'Promote checkout 3.1.0 to staging and production',
      files: {
        [overlay('staging')]: checkoutOverlay('staging', { tag: '3.1.0', replicas: 2 }),
        [overlay('production')]: checkoutOverlay('production', { tag: '3.1.0', replicas: 3 }),
      },
    },
    {
      label: 'search-2.3.0',
      author: 'jonas',
      date: '2026-09-22T09:33:00Z',
      subject: 'search 2.3.0 everywhere',
      files: {
        'charts/search/Chart.yaml': searchChart('0.2.0', '2.3.0'),
        [values('dev')]: searchEnvironment('2.3.0', 1, true),
        [values('staging')]: searchEnvironment('2.3.0', 1, true),
        [values('production')]: searchEnvironment('2.3.0', 2),
      },
    },
    {
      label: 'notifier-config',
      author: 'priya',
      date: '2026-09-29T12:07:00Z',
      subject: 'Move the notifier settings into a ConfigMap',
      files: {
        'notifier/config.yaml': notifierConfig(20),
        'notifier/deployment.yaml': notifierDeployment('0.7.3', true),
      },
    },
    {
      label: 'checkout-budget',
      author: 'amadou',
      date: '2026-10-05T08:59:00Z',
      subject: 'Protect checkout in production while nodes drain',
      files: {
        'checkout/overlays/production/budget.yaml': CHECKOUT_BUDGET,
        [overlay('production')]: checkoutOverlay('production', { tag: '3.1.0', replicas: 3, budget: true }),
      },
    },
    {
      label: 'payment-v2',
      author: 'mara',
      date: '2026-10-12T14:15:00Z',
      subject: 'Use version 2 of the payment API',
      body: 'In the base: every environment takes it with its next sync.',
      files: { 'checkout/base/config.yaml': checkoutConfig('https://pay.example/v2') },
    },
    {
      label: 'search-2.4.0-dev',
      author: 'bot',
      date: '2026-10-19T06:58:00Z',
      subject: 'search 2.4.0 in dev',
      files: {
        'charts/search/Chart.yaml': searchChart('0.3.0', '2.4.0'),
        [values('dev')]: searchEnvironment('2.4.0-broken', 1, true),
      },
    },
    {
      label: 'search-2.4.1-dev',
      author: 'jonas',
      date: '2026-10-19T09:24:00Z',
      subject: 'search 2.4.1 in dev',
      body: 'The image of 2.4.0 was never published; 2.4.1 is the same code with a build that works.',
      files: {
        'charts/search/Chart.yaml': searchChart('0.3.1', '2.4.1'),
        [values('dev')]: searchEnvironment('2.4.1', 1, true),
      },
    },
    {
      label: 'search-2.4.1-staging',
      author: 'jonas',
      date: '2026-10-22T10:11:00Z',
      subject: 'Promote search 2.4.1 to staging',
      files: { [values('staging')]: searchEnvironment('2.4.1', 1, true) },
    },
    {
      label: 'checkout-3.2.0',
      author: 'bot',
      date: '2026-10-27T07:45:00Z',
      subject: 'checkout 3.2.0 in dev and staging',
      files: {
        [overlay('dev')]: checkoutOverlay('dev', { tag: '3.2.0', replicas: 1, verbose: true }),
        [overlay('staging')]: checkoutOverlay('staging', { tag: '3.2.0', replicas: 2 }),
      },
    },
    {
      label: 'search-2.4.0-production',
      author: 'priya',
      date: '2026-11-03T16:52:00Z',
      subject: 'Promote search 2.4 to production',
      files: { [values('production')]: searchEnvironment('2.4.0-broken', 2, true) },
    },
    {
      label: 'notifier-0.8.0',
      author: 'bot',
      date: '2026-11-05T08:08:00Z',
      subject: 'notifier 0.8.0 sends in batches of 50',
      files: {
        'notifier/config.yaml': notifierConfig(50),
        'notifier/deployment.yaml': notifierDeployment('0.8.0', true),
      },
    },
  ],
};
