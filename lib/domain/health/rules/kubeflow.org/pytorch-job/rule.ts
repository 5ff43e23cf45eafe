import { trainingJobHealth } from '../shared.ts';

export const kubeflowPyTorchJobHealth = trainingJobHealth;
