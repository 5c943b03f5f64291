#!lua flags=allow-oom
-- The heartbeat: renews the lease of this instance, and names the consumers that somebody should look at, which are its
-- own (it knows which of them still live) and those of instances whose lease has run out.
-- KEYS: stream, instances, lanes. ARGV: group, instance, lease in microseconds.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
redis.call('ZADD', KEYS[2], string.format('%.0f', now + ARGV[3]), ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', string.format('(%.0f', now - 600000000))
redis.call('PEXPIRE', KEYS[3], 600000)
local names = {}
for _, info in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local name
  for i = 1, #info, 2 do
    if info[i] == 'name' then
      name = info[i + 1]
    end
  end
  if string.sub(name, 1, 1) ~= '@' then
    local instance = string.match(name, '^(.-)/') or name
    local lease = redis.call('ZSCORE', KEYS[2], instance)
    if instance == ARGV[2] or not lease or tonumber(lease) < now then
      names[#names + 1] = name
    end
  end
end
return names
