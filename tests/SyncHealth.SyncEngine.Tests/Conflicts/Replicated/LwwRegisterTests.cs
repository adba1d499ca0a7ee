using SyncHealth.SyncEngine.Conflicts;
using SyncHealth.SyncEngine.Conflicts.Replicated;
using SyncHealth.SyncEngine.Tests.Support;
using Xunit;

namespace SyncHealth.SyncEngine.Tests.Conflicts.Replicated;

public sealed class LwwRegisterTests : ReplicatedLaws<LwwRegister>
{
    [Fact]
    public void Merge_KeepsTheLater()
    {
        var early = LwwRegister.Empty.Set("tablet", Some.Start, "early");
        var late = LwwRegister.Empty.Set("phone", Some.Start.AddMilliseconds(1), "late");

        Assert.Equal("late", early.Merge(late).Value);
        Assert.Equal((true, false), (early.Merge(late).Keeps(late), early.Merge(late).Keeps(early)));
    }

    [Fact]
    public void Merge_AtTheSameMoment_GoesByTheDevice()
    {
        var phone = LwwRegister.Empty.Set("phone", Some.Start, "phone");
        var tablet = LwwRegister.Empty.Set("tablet", Some.Start, "tablet");

        Assert.Equal("tablet", phone.Merge(tablet).Value);
    }

    /// <summary>What was set knowing of another value is later than it, whatever the wall clock says.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(-3650)]
    public void Set_WithAClockThatStandsOrGoesBack_IsStillLater(int days)
    {
        var before = LwwRegister.Empty.Set("tablet", Some.Start, "before");

        var after = before.Set("phone", Some.Start.AddDays(days), "after");

        Assert.Equal("after", after.Merge(before).Value);
        Assert.True(after.At > before.At);
    }

    [Fact]
    public void NotAfter_ClockYearsAhead_IsBounded()
    {
        var ahead = LwwRegister.Empty.Set("tablet", Some.Start.AddYears(10), "ahead");

        var bounded = ahead.NotAfter(Some.Start.ToUnixTimeMilliseconds());

        Assert.Equal(new HybridStamp(Some.Start.ToUnixTimeMilliseconds(), 0, "tablet"), bounded.At);
        Assert.Equal("today", bounded.Merge(LwwRegister.Empty.Set("phone", Some.Start.AddSeconds(1), "today")).Value);
    }

    [Fact]
    public void Next_ClockThatStandsForever_FailsLoudly()
    {
        var stamp = new HybridStamp(Some.Start.ToUnixTimeMilliseconds(), HybridStamp.MaxCount, "phone");

        Assert.Throws<InvalidOperationException>(() => stamp.Next(Some.Start, "phone"));
        Assert.Equal(0, stamp.Next(Some.Start.AddMilliseconds(1), "phone").Count);
    }

    /// <inheritdoc/>
    protected override LwwRegister Act(LwwRegister state, Here here, int kind, int value) => state.Set(here.Device, here.Now, $"value {value}");
}
