export { kindPart } from '@/i18n/kindPart';
