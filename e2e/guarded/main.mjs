// Somebody else's program in JavaScript: it protects one route with @sallyport/guard, by Express.
import { Guard } from '@sallyport/guard';
import { protect, userOf } from '@sallyport/guard/express';
import express from 'express';

const guard = await Guard.start({
  issuer: process.env.ISSUER,
  url: process.env.SERVER,
  audience: process.env.AUDIENCE,
  clientId: process.env.CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
  whenNotCurrent: process.env.NOT_CURRENT,
  maxStaleness: Number(process.env.MAX_STALENESS),
});
const app = express();
app.get('/orders', protect(guard), (request, response) => {
  response.type('text').send(userOf(request).id);
});
const server = app.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
