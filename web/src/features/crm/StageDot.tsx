import type { Stage } from '@/api/schema';
import css from './StageDot.module.css';

/** Decoration: the stage's name stands beside it. */
export function StageDot({ stage }: { stage: Stage }) {
  return <span className={css['dot']} data-stage={stage} aria-hidden />;
}
