using SyncHealth.Client.Diagnostics;

namespace SyncHealth.Client.Tests.Diagnostics;

public sealed class AnnouncerTests
{
    [Fact]
    public void Announce_Again_TellsOnceUntilItIsOver()
    {
        var told = new List<string>();
        var announcer = new Announcer(notice => told.Add(notice.Code));

        announcer.Announce("a", "m");
        announcer.Announce("a", "m");
        announcer.Announce("b", "m");
        announcer.Over("a");
        announcer.Announce("a", "m");

        Assert.Equal(["a", "b", "a"], told);
    }

    [Fact]
    public void Announce_HostThrows_IsKeptAsAProblem()
    {
        var announcer = new Announcer(_ => throw new InvalidOperationException("host"));

        announcer.Announce("a", "m");

        Assert.Equal("host", announcer.CallbackProblem);
    }
}
