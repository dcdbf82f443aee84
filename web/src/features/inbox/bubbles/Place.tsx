import { MapPin } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Location } from '../kinds';
import { Card } from './Card';
import css from './Kind.module.css';

const mapOf = ({ latitude, longitude }: Location) =>
  `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`;

export function Place({ location }: { location: Location }) {
  const { t } = useTranslation('inbox');
  const { latitude, longitude, name, address } = location;
  return (
    <Card icon={<MapPin size={20} />} title={name ?? t('message.location')}>
      {address && <bdi>{address}</bdi>}
      <span className={css['facts']}>
        {latitude.toFixed(5)}, {longitude.toFixed(5)}
      </span>
      <a href={mapOf(location)} target="_blank" rel="noopener noreferrer">
        {t('message.openMap')}
      </a>
    </Card>
  );
}
