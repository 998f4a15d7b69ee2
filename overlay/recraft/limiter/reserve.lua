-- The rules of schedule.py, run by the server: what is atomic there is atomic here, on the server's clock.
-- KEYS: queue (id -> seq), plan (hash: id -> planned time), expires (id -> end of its lease), sent (id -> stamp),
-- state (hash).
-- An id is "<images>:<random>". The constants in capitals come from schedule.py.
-- ARGV: operation, now ("" = the server's clock), id, probe, then what the operation needs.
local queue, plan, expires, sent, state = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local operation, now, id, probe = ARGV[1], tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
if not now then
  local time = redis.call('TIME')
  now = tonumber(time[1]) + tonumber(time[2]) / 1e6
end

local function text(number) return string.format('%.17g', number) end
local function get(name) return tonumber(redis.call('HGET', state, name) or '0') end
local function set_gate(strikes, till, probe_until)
  redis.call('HSET', state, 'strikes', strikes, 'until', text(till), 'probe_until', text(probe_until))
end
local function keep() for _, key in ipairs(KEYS) do redis.call('EXPIRE', key, IDLE) end end
local function remove(member)
  redis.call('ZREM', queue, member)
  redis.call('HDEL', plan, member)
  redis.call('ZREM', expires, member)
end
local strikes, till, probe_until = get('strikes'), get('until'), get('probe_until')

if operation == 'settled' then
  if probe == strikes then set_gate(0, 0, 0) end
  return
elseif operation == 'cancel' then
  remove(id)
  redis.call('ZREM', sent, id)
  if strikes > 0 and probe == strikes then set_gate(strikes, till, 0) end
  return
elseif operation == 'rejected' then
  local news = probe == strikes
  strikes = math.max(1, news and strikes + 1 or strikes)
  local retry_after = tonumber(ARGV[5])
  local pause = retry_after and math.min(retry_after, MAX_PAUSE) or math.min(2 ^ math.min(strikes - 1, 16), MAX_BACKOFF)
  set_gate(strikes, math.max(till, now + pause), news and 0 or probe_until)
  keep()
  return
end

-- ask and leave: ARGV[5] images, [6] seq or "", [7] margin, [8] horizon, then for each limit per, cap, weight of a
-- request, weight of an image
local images, seq, margin, horizon = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])

-- forget what no longer matters, and what only a clock set back can explain
redis.call('ZREMRANGEBYSCORE', sent, '-inf', text(now - horizon))
for _, member in ipairs(redis.call('ZRANGEBYSCORE', sent, '(' .. text(now + CLOCK_STEP), '+inf')) do
  redis.call('ZADD', sent, text(now), member)
end
if get('last_seen') > now + CLOCK_STEP then redis.call('DEL', queue, plan, expires) end
redis.call('HSET', state, 'last_seen', text(now))
for _, member in ipairs(redis.call('ZRANGEBYSCORE', expires, '-inf', '(' .. text(now))) do remove(member) end
if till > now + MAX_PAUSE + CLOCK_STEP or probe_until > now + LEASE + CLOCK_STEP then
  strikes, till, probe_until = 0, 0, 0
  set_gate(0, 0, 0)
end

-- The place in the queue; asking twice because an answer was lost on the way finds the same one. A new one comes from
-- the clock, so that nobody is ahead of those who wait when the server has forgotten them.
local leaving, rank = operation == 'leave', nil
if leaving then
  redis.call('ZREM', sent, id)
  rank = seq - LET_GO
else
  local last_seq = get('last_seq')
  seq = tonumber(redis.call('ZSCORE', queue, id) or nil) or seq or math.max(last_seq + 1, math.floor(now * 1e6))
  rank, probe = seq, 0
  if seq > last_seq then redis.call('HSET', state, 'last_seq', text(seq)) end
end

-- those ahead, then those sent, newest first and only as far as they are looked at
local function stream(read)
  local rows, i = {}, 1
  local function peek()
    if i > #rows then rows, i = read(), 1 end
    return rows[i]
  end
  return peek, function() i = i + 1 end
end
local function with_images(member, at) return {at = tonumber(at), images = tonumber(string.match(member, '^%d+'))} end
local skipped = 0
local ahead, next_ahead = stream(function()
  local rows = {}
  local members = redis.call('ZREVRANGEBYSCORE', queue, '(' .. text(rank), '-inf', 'LIMIT', skipped, 50)
  skipped = skipped + #members
  if #members > 0 then
    for i, at in ipairs(redis.call('HMGET', plan, unpack(members))) do rows[i] = with_images(members[i], at) end
  end
  return rows
end)
local stamped = 0
local past, next_past = stream(function()
  local rows = {}
  local found = redis.call('ZREVRANGE', sent, stamped, stamped + 49, 'WITHSCORES')
  stamped = stamped + #found / 2
  for i = 1, #found, 2 do rows[#rows + 1] = with_images(found[i], found[i + 1]) end
  return rows
end)
local function newest()
  local a, b = ahead(), past()
  if a and (not b or a.at >= b.at) then next_ahead() return a end
  if b then next_past() end
  return b
end

local at = now
if strikes > 0 then
  at = probe_until > now and probe ~= strikes and math.min(probe_until, now + PROBE_POLL) or math.max(now, till)
end
local left = {}
for i = 9, #ARGV, 4 do
  local limit = {width = tonumber(ARGV[i]) + margin, requests = tonumber(ARGV[i + 2]), images = tonumber(ARGV[i + 3])}
  local weight = limit.requests + limit.images * images
  limit.spare = tonumber(ARGV[i + 1]) - weight
  if weight > 0 then left[#left + 1] = limit end
end
local row = newest()
while row do
  at = math.max(at, row.at)
  if #left == 0 or row.at + horizon <= at then break end
  local still = {}
  for _, limit in ipairs(left) do
    limit.spare = limit.spare - limit.requests - limit.images * row.images
    if limit.spare >= 0 then still[#still + 1] = limit else at = math.max(at, row.at + limit.width) end
  end
  left, row = still, newest()
end

if at <= now then
  remove(id)
  redis.call('ZADD', sent, text(now), id)
  if strikes > 0 then set_gate(strikes, till, now + LEASE) end
  keep()
  return {'0', text(seq), strikes}
end
redis.call('ZADD', queue, text(rank), id)
redis.call('HSET', plan, id, text(at))
redis.call('ZADD', expires, text(now + 3 * math.min(math.max(RENEW, (at - now) / 12), FAR_RENEW)), id)
-- nobody plans to be earlier than one ahead
local offset, done = 0, false
while not done do
  local members = redis.call('ZRANGEBYSCORE', queue, '(' .. text(rank), '+inf', 'LIMIT', offset, 50)
  done, offset = #members == 0, offset + #members
  for _, member in ipairs(members) do
    if tonumber(redis.call('HGET', plan, member)) >= at then done = true break end
    redis.call('HSET', plan, member, text(at))
  end
end
local still_probe = leaving and strikes > 0 and probe == strikes
if still_probe then set_gate(strikes, till, now + LEASE) end
keep()
return {text(at - now), text(seq), still_probe and strikes or 0}
