import { describe, expect, it } from 'vitest';
import { culpritClass } from './culprit.ts';

describe('culpritClass', () => {
  it.each([
    ['kubectl', 'person'],
    ['kubectl-edit', 'person'],
    ['kubectl-client-side-apply', 'person'],
    ['kubectl.kubernetes.io', 'person'],
    ['Mozilla', 'person'],
    ['k9s', 'person'],
    ['Lens', 'person'],
    ['node-fetch', 'person'],
    ['helm', 'person'],
    ['dashboard', 'person'],
    ['kube-controller-manager', 'controller'],
    ['horizontal-pod-autoscaler', 'controller'],
    ['cluster-autoscaler', 'controller'],
    ['vault-secrets-webhook', 'controller'],
    ['cert-manager-certificates-trigger', 'controller'],
    ['prometheus-operator', 'controller'],
    ['nginx-ingress-controller', 'controller'],
    ['my-controller-manager', 'controller'],
    ['manager', 'controller'],
    ['kubelet', 'controller'],
    ['argocd-controller', 'agent'],
    ['argocd-application-controller', 'agent'],
    ['kustomize-controller', 'agent'],
    ['helm-controller', 'agent'],
    ['quarterdeck', 'agent'],
    ['quarterdeckish', 'unknown'],
    ['before-first-apply', 'unknown'],
    ['', 'unknown'],
    [null, 'unknown'],
    [undefined, 'unknown'],
  ] as const)('%s is a %s', (manager, expected) => expect(culpritClass(manager)).toBe(expected));

  it('answers hostile names in no time', () => {
    expect(culpritClass(`${'-controller'.repeat(5000)}!`)).toBe('controller');
    expect(culpritClass('a'.repeat(100_000))).toBe('unknown');
  });
});
