#!lua flags=allow-oom
-- Puts a new plan in force, unless the one that it was made from is no longer in force.
-- KEYS: plan. ARGV: channel of news, what to tell there, number of the plan before, then partitions and members in turn.
-- Answers 1 when done.
if (redis.call('HGET', KEYS[1], '#') or '0') ~= ARGV[3] then
  return 0
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], '#', string.format('%.0f', ARGV[3] + 1))
for i = 4, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
