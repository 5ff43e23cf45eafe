import { type ClassValue, clsx } from 'clsx';

/**
 * Joins class names. Where two utilities set the same property the style sheet's order decides, not this one: give one of
 * them, by a condition or a property of the component.
 */
export function cn(...values: ClassValue[]): string {
  return clsx(values);
}
