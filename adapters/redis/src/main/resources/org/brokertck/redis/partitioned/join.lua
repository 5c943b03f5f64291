#!lua
-- Enters a member, and makes the group where there is none: from the oldest record that is kept, or from the next that comes, in
-- every partition. Repeating it is harmless.
-- KEYS: topics; all other keys are built from the prefix. ARGV: prefix, channel of news, topic, group, member, lease in
-- microseconds, EARLIEST or LATEST. Answers how many partitions the topic has, 0 when there is none of that name.
local prefix, topic, group = ARGV[1], ARGV[3], ARGV[4]
local partitions = tonumber(redis.call('HGET', KEYS[1], topic) or '0')
if partitions == 0 then
  return 0
end
local name = topic .. ':' .. group
if redis.call('SADD', prefix .. 'groups:' .. topic, group) == 1 then
  for partition = 0, partitions - 1 do
    local start = redis.call('HGET', prefix .. 'next:' .. topic, partition) or '0'
    if ARGV[7] == 'EARLIEST' then
      local first = redis.call('XRANGE', prefix .. 'log:' .. topic .. ':' .. partition, '-', '+', 'COUNT', 1)[1]
      if first then
        start = string.format('%.0f', tonumber(string.match(first[1], '-(%d+)$')) - 1)
      end
    end
    redis.call('HSETNX', prefix .. 'commits:' .. name, partition, start)
  end
end
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', prefix .. 'members:' .. name, 'NX', string.format('%.0f', now), ARGV[5])
redis.call('ZADD', prefix .. 'leases:' .. name, string.format('%.0f', now + ARGV[6]), ARGV[5])
redis.call('PUBLISH', ARGV[2], 'g ' .. topic .. ' ' .. group)
return partitions
