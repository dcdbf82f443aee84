import { expect, test } from 'vitest';
import { pointIn } from './place';

test.each([
  ['40.4168, -3.7038', 40.4168, -3.7038],
  ['40.4168 -3.7038', 40.4168, -3.7038],
  ['https://www.google.com/maps/place/Sol/@40.41,-3.7,17z/data=!3d40.4168!4d-3.7038', 40.4168, -3.7038],
  ['https://maps.google.com/?q=40.4168,-3.7038', 40.4168, -3.7038],
  ['https://maps.apple.com/?ll=40.4168,-3.7038&q=Sol', 40.4168, -3.7038],
  ['https://www.openstreetmap.org/?mlat=40.4168&mlon=-3.7038#map=16/1/2', 40.4168, -3.7038],
  ['https://www.openstreetmap.org/#map=16/40.4168/-3.7038', 40.4168, -3.7038],
  ['geo:40.4168,-3.7038', 40.4168, -3.7038],
])('%s is a place', (text, latitude, longitude) => {
  expect(pointIn(text)).toEqual({ latitude, longitude });
});

test.each(['', 'Puerta del Sol', '91, 10', '10, 181', 'https://example.com/40'])('%j is none', (text) => {
  expect(pointIn(text)).toBeNull();
});
