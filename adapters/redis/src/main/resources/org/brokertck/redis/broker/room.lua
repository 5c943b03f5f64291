#!lua flags=no-writes
-- Whether some subscriber of a topic has no room. KEYS: subscribers. ARGV: prefix, capacity. Answers 1 when all have, or 0.
for _, subscriber in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  if redis.call('LLEN', ARGV[1] .. 'inbox:' .. subscriber) >= tonumber(ARGV[2]) then
    return 0
  end
end
return 1
