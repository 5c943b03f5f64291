#!lua flags=no-writes,allow-oom
-- How many records a partition has room for now.
-- KEYS: groups, for the node; all other keys are built from the prefix. ARGV: prefix, topic, partition, capacity.
local prefix, topic, partition, capacity = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local next = tonumber(redis.call('HGET', prefix .. 'next:' .. topic, partition) or '0')
local room = capacity
for _, group in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  local commit = tonumber(redis.call('HGET', prefix .. 'commits:' .. topic .. ':' .. group, partition) or next)
  room = math.min(room, capacity - (next - commit))
end
return room
