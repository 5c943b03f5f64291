#!lua
-- Makes a topic where there is none of that name. Answers how many partitions it has.
-- KEYS: topics. ARGV: topic, partitions.
redis.call('HSETNX', KEYS[1], ARGV[1], ARGV[2])
return tonumber(redis.call('HGET', KEYS[1], ARGV[1]))
