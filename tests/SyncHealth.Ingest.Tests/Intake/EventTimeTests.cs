using SyncHealth.Ingest.Intake;
using Xunit;

namespace SyncHealth.Ingest.Tests.Intake;

public sealed class EventTimeTests
{
    public static TheoryData<DateTimeOffset> Ends =>
        [DateTimeOffset.MinValue, DateTimeOffset.MinValue.AddTicks(1), new DateTimeOffset(2026, 11, 28, 3, 45, 0, TimeSpan.Zero).AddTicks(7), DateTimeOffset.MaxValue.AddDays(-1), DateTimeOffset.MaxValue];

    /// <summary>What the database would cut off must not be part of an event's identity.</summary>
    [Theory]
    [MemberData(nameof(Ends))]
    public void Bounded_AnyTime_IsWholeMicroseconds(DateTimeOffset time)
    {
        Assert.Equal(0, EventTime.Bounded(time).Ticks % TimeSpan.TicksPerMicrosecond);
        Assert.Equal(0, EventTime.Moved(time, long.MaxValue).Ticks % TimeSpan.TicksPerMicrosecond);
        Assert.Equal(0, EventTime.Moved(time, long.MinValue).Ticks % TimeSpan.TicksPerMicrosecond);
    }
}
