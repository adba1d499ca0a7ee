using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Health;
using SyncHealth.Storage.Devices;

namespace SyncHealth.Dashboard.Tests.Devices;

public sealed class DeviceLineTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 15, 0, 0, TimeSpan.Zero);

    private static readonly DeviceFacts Device = new()
    {
        Key = "00daad8012345678", AppVersion = "2.4.1", Os = "ios", OsVersion = "18.2", Network = "wifi", DeviceModel = "iPhone 15",
        LastSeenAt = Now.AddMinutes(-5), LastSuccessAt = Now.AddMinutes(-6), FirstSeenAt = Now.AddDays(-30), LongestPause = TimeSpan.FromHours(9),
    };

    [Fact]
    public void Of_Ordinary_HasAgesInWordsAndNothingToNote()
    {
        var line = DeviceLine.Of(Device with { OldestPendingAt = Now.AddDays(-9) }, Now);

        Assert.Equal(("00daad80", "0", "–", "6 min", "5 min", "9 h", "iOS 18.2"), (line.Short, line.Waiting, line.Oldest, Plain(line.Synced), Plain(line.Seen), Plain(line.Usual), line.System));
        Assert.Empty(line.Notes);
    }

    [Fact]
    public void Of_NeverSynced_SaysNever()
    {
        var line = DeviceLine.Of(Device with { LastSuccessAt = null, LongestPause = null }, Now);

        Assert.Equal(("never", "–"), (line.Synced, line.Usual));
        Assert.Equal("never synced", Assert.Single(line.Notes).Text);
    }

    [Fact]
    public void Of_SeveralThings_NotesTheWorstFirst()
    {
        var line = DeviceLine.Of(
            Device with { QueueDepth = 4, OldestPendingAt = Now.AddDays(-2), LastSeenAt = Now.AddDays(-2), ClockOffset = TimeSpan.FromHours(-3) }, Now);

        Assert.Equal(["stuck", "silent", "clock off"], line.Notes.Select(note => note.Text));
        Assert.Equal(Band.Poor, line.Notes[0].Band);
        Assert.Equal("Its clock is 3 h ahead; times here are corrected.", Plain(line.Notes[2].Why));
    }

    [Theory]
    [InlineData(25, 10, true)]
    [InlineData(25, 13, false)]
    [InlineData(23, 1, false)]
    public void IsSilent_GoesByADayAndTheOwnCadence(int silentHours, int pauseHours, bool expected) =>
        Assert.Equal(expected, DeviceNote.IsSilent(Device with { LastSeenAt = Now.AddHours(-silentHours), LongestPause = TimeSpan.FromHours(pauseHours) }, Now));

    [Fact]
    public void IsSilent_NoCadenceKnown_IsNotClaimed() =>
        Assert.False(DeviceNote.IsSilent(Device with { LastSeenAt = Now.AddDays(-6), LongestPause = null }, Now));

    private static string Plain(string text) => text.Replace('\u00A0', ' ');
}
