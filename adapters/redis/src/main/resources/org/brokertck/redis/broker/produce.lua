#!lua
-- Gives a message to all subscribers of a topic, or to none when one has no room: that must be one step. A subscriber whose lease has run
-- out is gone, with what waits for it; but leases do not run while the server does not: after a gap in its pulse all have another lease.
-- What comes over a connection that its sender has given up is refused, so that it cannot overtake what came over the next one.
-- KEYS: subscribers, pulse, grace, epoch. ARGV: prefix, message, capacity, lease in milliseconds, epoch of the connection, how long keys
-- are kept of which nobody speaks in milliseconds. Answers how many have it now, -1 when one has no room, -2 when it came too late.
local epoch = redis.call('GET', KEYS[4])
if epoch and tonumber(epoch) > tonumber(ARGV[5]) then
  return -2
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local pulse = tonumber(redis.call('GET', KEYS[2]) or '0')
if now - pulse > ARGV[4] / 4 then
  redis.call('SET', KEYS[3], 1, 'PX', ARGV[4])
end
if now - pulse > 1000 then
  redis.call('SET', KEYS[2], string.format('%.0f', now), 'PX', ARGV[6])
end
local all = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local grace = redis.call('EXISTS', KEYS[3]) == 1
local inboxes, sizes = {}, {}
for i = 1, #all, 2 do
  local inbox = ARGV[1] .. 'inbox:' .. all[i]
  if tonumber(all[i + 1]) >= now or grace then
    inboxes[#inboxes + 1] = inbox
    sizes[#sizes + 1] = redis.call('LLEN', inbox)
    if sizes[#sizes] >= tonumber(ARGV[3]) then
      return -1
    end
  else
    redis.call('ZREM', KEYS[1], all[i])
    redis.call('UNLINK', inbox)
  end
end
for i, inbox in ipairs(inboxes) do
  redis.call('RPUSH', inbox, ARGV[2])
  if sizes[i] == 0 then
    redis.call('PEXPIRE', inbox, ARGV[6])
  end
end
return #inboxes
