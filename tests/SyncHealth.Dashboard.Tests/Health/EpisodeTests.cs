using SyncHealth.Dashboard.Health;

namespace SyncHealth.Dashboard.Tests.Health;

public sealed class EpisodeTests
{
    [Fact]
    public void Find_WorseSinceTheMiddle_LastsToTheEnd() => Assert.Equal(new Episode(30, 60), Episode.Find(Series(minute => minute >= 30 ? 40 : 2)));

    [Fact]
    public void Find_WorseForAWhile_HasBothEnds() => Assert.Equal(new Episode(20, 35), Episode.Find(Series(minute => minute is >= 20 and < 35 ? 40 : 2)));

    [Fact]
    public void Find_OneGoodMinuteInside_DoesNotSplitIt() => Assert.Equal(new Episode(20, 60), Episode.Find(Series(minute => minute >= 20 && minute != 40 ? 40 : 2)));

    [Fact]
    public void Find_EvenlyBad_HasNoEpisode() => Assert.Null(Episode.Find(Series(minute => 40 + (minute % 2))));

    [Fact]
    public void Find_Noise_HasNoEpisode()
    {
        var random = new Random(7);
        for (var trial = 0; trial < 50; trial++)
            Assert.Null(Episode.Find(Series(_ => Enumerable.Range(0, 100).Count(_ => random.NextDouble() < 0.03))));
    }

    [Fact]
    public void Find_EmptySeries_HasNoEpisode() => Assert.Null(Episode.Find([]));

    private static Tally[] Series(Func<int, long> bad) => [.. Enumerable.Range(0, 60).Select(minute => new Tally(bad(minute), 100))];
}
