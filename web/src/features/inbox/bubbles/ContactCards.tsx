import { UserRound } from 'lucide-react';
import type { ContactCard } from '@/api/schema';
import { Card } from './Card';
import { dialLink } from './facts';
import css from './Kind.module.css';

function Phone({ phone }: { phone: string }) {
  const link = dialLink(phone);
  return link === null ? <bdi>{phone}</bdi> : <a href={link}>{phone}</a>;
}

/** Cards of people, as the customer's phone shows them: who, where they work, how to reach them. */
export function ContactCards({ contacts }: { contacts: readonly ContactCard[] }) {
  return (
    <ul className={css['cards']}>
      {contacts.map(({ name, org, phones, emails }, index) => (
        <li key={index}>
          <Card icon={<UserRound size={20} />} title={name}>
            {org?.company && <bdi className={css['facts']}>{org.company}</bdi>}
            {phones?.map(({ phone }, at) => phone && <Phone key={at} phone={phone} />)}
            {emails?.map(
              ({ email }, at) =>
                email && (
                  <a key={at} href={`mailto:${email}`}>
                    {email}
                  </a>
                ),
            )}
          </Card>
        </li>
      ))}
    </ul>
  );
}
