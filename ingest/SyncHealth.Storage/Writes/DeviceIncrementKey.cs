namespace SyncHealth.Storage.Writes;

/// <summary>What the events behind a <see cref="DeviceIncrement"/> have in common. The day in microseconds, see <see cref="PgTime"/>.</summary>
internal readonly record struct DeviceIncrementKey(long DeviceKey, int CoreId, long DayAt);
