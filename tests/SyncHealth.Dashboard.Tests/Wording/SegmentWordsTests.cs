using SyncHealth.Dashboard.State;
using SyncHealth.Dashboard.Wording;

namespace SyncHealth.Dashboard.Tests.Wording;

public sealed class SegmentWordsTests
{
    [Theory]
    [InlineData("app version 2.5.0", "app_version:2.5.0")]
    [InlineData("app version 2.5.0 on cellular", "app_version:2.5.0", "network:cellular")]
    [InlineData("app version 2.5.0 on Android over Wi-Fi", "network:wifi", "os:android", "app_version:2.5.0")]
    [InlineData("app version 2.4.1 or app version 2.5.0 on iOS", "app_version:2.4.1", "app_version:2.5.0", "os:ios")]
    [InlineData("an unknown app version on an unknown network", "app_version:", "network:unknown")]
    [InlineData("iOS on no network", "os:ios", "network:none")]
    public void Phrase_ReadsAloud(string expected, params string[] filters) => Assert.Equal(expected, SegmentWords.Phrase(FilterSet.Parse(filters).Filters));
}
