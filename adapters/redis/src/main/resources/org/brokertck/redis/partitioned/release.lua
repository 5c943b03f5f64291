#!lua flags=allow-oom
-- Lets partitions go, those that still are their owner's. KEYS: owners. ARGV: channel of news, what to tell there, then partitions and
-- owners in turn.
local any = false
for i = 3, #ARGV, 2 do
  if redis.call('HGET', KEYS[1], ARGV[i]) == ARGV[i + 1] then
    redis.call('HDEL', KEYS[1], ARGV[i])
    any = true
  end
end
if any then
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return 1
