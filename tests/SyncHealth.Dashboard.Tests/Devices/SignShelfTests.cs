using SyncHealth.Dashboard.Devices;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Storage.Devices;
using SyncHealth.Storage.Vitals;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Devices;

/// <summary>What detectors say is read at most a twentieth of the time.</summary>
public sealed class SignShelfTests : IDetectorReader, IDrainReader, IFreshnessReader
{
    private static readonly DetectorQuery Question = new() { App = "notes", From = Some.Now.AddHours(-6), At = Some.Now };

    private readonly ManualTimeProvider _wall = new(Some.Now);
    private int _reads;

    /// <summary>A read takes a second: for twenty the answer is kept, however the moment moves on; then it is read again.</summary>
    [Fact]
    public async Task Read_WithinTwentyTimesItsCost_IsNotReadAgain()
    {
        var shelf = new SignShelf(this, this, this, _wall);

        var first = await shelf.ReadAsync(Question, CancellationToken.None);
        _wall.Advance(TimeSpan.FromSeconds(19));
        var kept = await shelf.ReadAsync(Question with { At = Some.Now.AddSeconds(20) }, CancellationToken.None);
        _wall.Advance(TimeSpan.FromSeconds(1));
        var again = await shelf.ReadAsync(Question, CancellationToken.None);

        Assert.Same(first, kept);
        Assert.NotSame(first, again);
        Assert.Equal((1L, 2L), (first.Group!.Devices, again.Group!.Devices));
    }

    [Fact]
    public async Task Read_OtherFiltersOrApp_AreAnswersOfTheirOwn()
    {
        var shelf = new SignShelf(this, this, this, _wall);

        await shelf.ReadAsync(Question, CancellationToken.None);
        await shelf.ReadAsync(Question with { Filters = [new DimensionFilter("os", "ios")] }, CancellationToken.None);
        await shelf.ReadAsync(Question with { App = "mail" }, CancellationToken.None);

        Assert.Equal(3, _reads);
    }

    Task<IReadOnlyList<DetectionGroup>> IDetectorReader.CountAsync(DetectorQuery query, CancellationToken cancellationToken)
    {
        _wall.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult<IReadOnlyList<DetectionGroup>>([new DetectionGroup { By = new Dictionary<string, string>(), Devices = ++_reads }]);
    }

    Task<IReadOnlyList<DetectedDevice>> IDetectorReader.ListAsync(DetectorQuery query, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<DetectedDevice>>([]);

    Task<DrainCourse> IDrainReader.ReadAsync(DetectorQuery query, CancellationToken cancellationToken) => Task.FromResult(new DrainCourse([], []));

    Task<IReadOnlyList<FreshnessBudget>> IFreshnessReader.ReadAsync(FreshnessQuestion question, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<FreshnessBudget>>([]);
}
