#!lua
-- Counting, refusing and adding must be one step, or several producers together would overfill the queue. The lane
-- remembers the last number that it added, so that a repetition after a lost reply adds nothing twice.
-- KEYS: stream, lanes. ARGV: capacity, lane, number, then the fields of the entry. Answers 1 taken, 0 full.
local done = redis.call('HGET', KEYS[2], ARGV[2])
if done and tonumber(done) >= tonumber(ARGV[3]) then
  return 1
end
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then
  return 0
end
redis.call('XADD', KEYS[1], '*', unpack(ARGV, 4))
if redis.call('HSET', KEYS[2], ARGV[2], ARGV[3]) == 1 then
  redis.call('PEXPIRE', KEYS[2], 600000)
end
return 1
