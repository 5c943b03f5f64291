#!lua flags=allow-oom
-- Ends a member and takes from it what it owns: one that has let go of everything, or one that is dead, unless it has a lease after
-- all. KEYS: members, leases, owners. ARGV: channel of news, what to tell there, member, 1 when only without a lease.
local time = redis.call('TIME')
if ARGV[4] == '1' then
  local lease = redis.call('ZSCORE', KEYS[2], ARGV[3])
  if lease and tonumber(lease) >= time[1] * 1000000 + time[2] then
    return 0
  end
end
redis.call('ZREM', KEYS[1], ARGV[3])
redis.call('ZREM', KEYS[2], ARGV[3])
local owners = redis.call('HGETALL', KEYS[3])
for i = 1, #owners, 2 do
  if string.match(owners[i + 1], '^(.*)@%d+$') == ARGV[3] then
    redis.call('HDEL', KEYS[3], owners[i])
  end
end
redis.call('PUBLISH', ARGV[1], ARGV[2])
return 1
