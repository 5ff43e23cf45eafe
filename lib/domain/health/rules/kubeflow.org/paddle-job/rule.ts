import { trainingJobHealth } from '../shared.ts';

export const kubeflowPaddleJobHealth = trainingJobHealth;
