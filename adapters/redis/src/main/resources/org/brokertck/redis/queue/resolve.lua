#!lua flags=allow-oom
-- Settles the doubt after a lost reply: answers 1 when the message was taken. Otherwise it uses the number up, so that a
-- command that is still on its way adds nothing when it arrives, and answers 0.
-- KEYS: lanes. ARGV: lane, number.
local done = redis.call('HGET', KEYS[1], ARGV[1])
if done and tonumber(done) >= tonumber(ARGV[2]) then
  return 1
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], 600000)
return 0
