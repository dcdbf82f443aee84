import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components/Tabs';
import css from './Tabs.module.css';

export interface TabItem<Id extends string> {
  id: Id;
  label: string;
  count?: number | undefined;
}

interface TabsProps<Id extends string> {
  label: string;
  tabs: readonly TabItem<Id>[];
  selected: Id;
  onSelect: (id: Id) => void;
  /** What the selected tab shows. */
  children: ReactNode;
}

export function Tabs<Id extends string>({ label, tabs, selected, onSelect, children }: TabsProps<Id>) {
  return (
    <AriaTabs
      className={css['tabs'] ?? ''}
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(key as Id)}
    >
      <TabList aria-label={label} items={tabs} className={css['list'] ?? ''}>
        {(tab) => (
          <Tab id={tab.id} className={css['tab'] ?? ''}>
            {tab.label}
            {tab.count !== undefined && (
              <span className={css['count']}>{tab.count >= 99 ? '99+' : tab.count}</span>
            )}
          </Tab>
        )}
      </TabList>
      {/* Made anew for each tab: React Aria keeps the first one's id, which the tab then does not name. */}
      <TabPanel key={selected} id={selected} className={css['panel'] ?? ''}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}
