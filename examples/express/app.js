// Orders: an API whose routes are protected by Sallyport.
import { Guard, recent, role } from '@sallyport/guard';
import { protect, userOf } from '@sallyport/guard/express';
import express from 'express';

const issuer = process.env.ISSUER ?? 'http://localhost:8080';
const audience = process.env.AUDIENCE ?? 'http://localhost:8000';
const clientSecret = process.env.CLIENT_SECRET;

const guard = await Guard.start({ issuer, audience, clientId: 'orders', clientSecret });
const app = express();

app.get('/orders', protect(guard), (req, res) => {
  res.json({ orders_of: userOf(req).id });
});

app.get('/reports', protect(guard, role('admin')), (req, res) => {
  res.json({ reports_for: userOf(req).id });
});

app.delete('/orders', protect(guard, recent(300)), (req, res) => {
  res.json({ deleted_orders_of: userOf(req).id });
});

app.listen(process.env.PORT ?? 8000, 'localhost');
