#!lua flags=allow-oom
-- Takes a member off the list of those who are to have partitions; it keeps what it owns until it lets go.
-- KEYS: members. ARGV: channel of news, what to tell there, member.
if redis.call('ZREM', KEYS[1], ARGV[3]) == 1 then
  redis.call('PUBLISH', ARGV[1], ARGV[2])
end
return 1
