import { trainingJobHealth } from '../shared.ts';

export const kubeflowTFJobHealth = trainingJobHealth;
