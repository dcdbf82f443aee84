import { ArrowDown, ArrowUp } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Cell,
  Column,
  Row,
  Table as AriaTable,
  TableBody,
  TableHeader,
  type SortDescriptor,
} from 'react-aria-components/Table';
import css from './Table.module.css';

export interface TableColumn<T> {
  id: string;
  label: string;
  cell: (row: T) => ReactNode;
  isSortable?: boolean;
  /** Figures stand at the right, with digits of one width. */
  isFigure?: boolean;
}

interface TableProps<T extends { id: string }> {
  label: string;
  columns: readonly TableColumn<T>[];
  rows: readonly T[];
  onOpen?: (row: T) => void;
  sort?: SortDescriptor;
  onSort?: (sort: SortDescriptor) => void;
  /** Shown before the first cell of each row: a checkbox. */
  mark?: (row: T) => ReactNode;
  /** What stands there without rows: an `Empty`. */
  empty?: ReactNode;
}

/** A table that arrow keys walk through. The first column names the row. */
export function Table<T extends { id: string }>({ columns, rows, onOpen, mark, ...props }: TableProps<T>) {
  return (
    <div className={css['scroll']}>
      <AriaTable
        aria-label={props.label}
        className={css['table'] ?? ''}
        {...(props.sort && { sortDescriptor: props.sort })}
        {...(props.onSort && { onSortChange: props.onSort })}
      >
        <TableHeader>
          {columns.map((column, index) => (
            <Column
              key={column.id}
              id={column.id}
              isRowHeader={index === 0}
              allowsSorting={column.isSortable ?? false}
              className={css['column'] ?? ''}
              data-figure={column.isFigure || undefined}
            >
              {({ sortDirection }) => (
                <span className={css['head']}>
                  {column.label}
                  {sortDirection === 'ascending' && <ArrowUp size={16} aria-hidden />}
                  {sortDirection === 'descending' && <ArrowDown size={16} aria-hidden />}
                </span>
              )}
            </Column>
          ))}
        </TableHeader>
        <TableBody renderEmptyState={() => props.empty}>
          {rows.map((row) => (
            <Row
              key={row.id}
              id={row.id}
              className={css['row'] ?? ''}
              {...(onOpen && { onAction: () => onOpen(row) })}
            >
              {columns.map((column, index) => (
                <Cell
                  key={column.id}
                  className={css['cell'] ?? ''}
                  data-figure={column.isFigure || undefined}
                >
                  {index === 0 && mark?.(row)}
                  {column.cell(row)}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </AriaTable>
    </div>
  );
}
