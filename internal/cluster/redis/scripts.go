package redis

// The scripts of the block-list. Each begins with agree: an entry lives by the
// server's clock, so while that clock and the caller's are far apart, entries
// may have expired too soon, and the list vouches for nothing until it has been
// filled anew.
//
//	KEYS: complete, filling
//	ARGV: the caller's time in seconds, how far the clocks may be apart
const agree = `
local function agree()
  local now = tonumber(redis.call('TIME')[1])
  if math.abs(now - tonumber(ARGV[1])) <= tonumber(ARGV[2]) then
    return true
  end
  redis.call('DEL', KEYS[1], KEYS[2])
  return false
end
`

// keep adds entries: the keys from KEYS[3] on, with an epoch and a lifetime in
// milliseconds each from ARGV[from] on. It never shortens a life nor lowers an
// epoch.
const keep = `
local function keep(from)
  for n = 3, #KEYS do
    local at = from + 2 * (n - 3)
    local epoch, life = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
    local had = redis.call('GET', KEYS[n])
    epoch = math.max(epoch, tonumber(had or 0))
    life = math.max(life, redis.call('PTTL', KEYS[n]))
    redis.call('SET', KEYS[n], string.format('%.0f', epoch), 'PX', string.format('%.0f', life))
  end -- of entries
end
`

// position reads where the marker stands, as text; the zero position if nowhere.
const position = `
local function position()
  local complete = redis.call('HMGET', KEYS[1], 'history', 'number', 'mark')
  return complete[1] or '', complete[2] or '0', complete[3] or '0'
end
local function stands(at)
  local history, number, mark = position()
  return history == ARGV[at] and number == ARGV[at + 1] and mark == ARGV[at + 2]
end
`

// lookScript answers {1, ...} for a hit and {0, history, number, mark}
// otherwise.
//
//	KEYS: complete, filling, token, session, user or client
//	ARGV: time, apart, epoch
const lookScript = agree + position + `
agree()
local epoch = redis.call('GET', KEYS[5])
if redis.call('EXISTS', KEYS[3], KEYS[4]) > 0 or (epoch and tonumber(ARGV[3]) < tonumber(epoch)) then
  return {1, '', '0', '0'}
end
local history, number, mark = position()
return {0, history, number, mark}`

// appendScript moves the marker only if it stands where the entries begin, so
// that one that lags, or is another history's, or was in a place that the
// database has lost, stays where it is.
//
//	KEYS: complete, filling, entries...
//	ARGV: time, apart, history, number and mark before, number and mark after, (epoch, life)...
const appendScript = agree + keep + position + `
keep(8)
if not agree() or not stands(3) then
  return 0
end
redis.call('HSET', KEYS[1], 'number', ARGV[6], 'mark', ARGV[7])
return 1`

// beginScript takes the right to fill for a while, and takes the marker away,
// which is worth nothing if somebody fills.
//
//	KEYS: complete, filling
//	ARGV: time, apart, filler, lease in ms, history, number and mark that were seen
const beginScript = agree + position + `
if not agree() or redis.call('EXISTS', KEYS[2]) > 0 or not stands(5) then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[2], 'filler', ARGV[3], 'batches', 0)
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`

// batchScript adds entries if the filler still has the right to, and if every
// batch before this one is there: a replica that took over may hold the right
// and not the last batches.
//
//	KEYS: complete, filling, entries...
//	ARGV: time, apart, filler, lease in ms, batches, (epoch, life)...
const batchScript = agree + keep + `
if not agree() then
  return 0
end
local filling = redis.call('HMGET', KEYS[2], 'filler', 'batches')
if filling[1] ~= ARGV[3] or filling[2] ~= ARGV[5] then
  return 0
end
keep(6)
redis.call('HINCRBY', KEYS[2], 'batches', 1)
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1`

// finishScript turns the right to fill into the marker, under the same condition.
//
//	KEYS: complete, filling
//	ARGV: time, apart, filler, batches, history, number, mark
const finishScript = agree + `
if not agree() then
  return 0
end
local filling = redis.call('HMGET', KEYS[2], 'filler', 'batches')
if filling[1] ~= ARGV[3] or filling[2] ~= ARGV[4] then
  return 0
end
redis.call('DEL', KEYS[2])
redis.call('HSET', KEYS[1], 'history', ARGV[5], 'number', ARGV[6], 'mark', ARGV[7])
return 1`

// abandonScript gives the right to fill back.
//
//	KEYS: complete, filling
//	ARGV: time, apart, filler
const abandonScript = `
if redis.call('HGET', KEYS[2], 'filler') == ARGV[3] then
  redis.call('DEL', KEYS[2])
end
return 1`
