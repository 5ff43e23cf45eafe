import { trainingJobHealth } from '../shared.ts';

export const kubeflowMPIJobHealth = trainingJobHealth;
