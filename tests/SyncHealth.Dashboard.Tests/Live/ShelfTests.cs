using SyncHealth.Dashboard.Live;
using SyncHealth.Dashboard.Tests.Fakes;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Live;

/// <summary>Every read takes a second, so that an answer is fresh for twenty.</summary>
public sealed class ShelfTests
{
    private readonly ManualTimeProvider _wall = new(Some.Now);
    private readonly Shelf<string, string> _shelf;
    private readonly List<TaskCompletionSource<string>> _reads = [];

    public ShelfTests() => _shelf = new Shelf<string, string>(_wall);

    [Fact]
    public async Task Read_BeyondItsTurn_ShowsTheAnswerOnceMoreWhileOneReadsItAgain()
    {
        await ReadFirstAsync("old");
        _wall.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal("old", await AskAsync());
        Assert.Equal("old", await AskAsync());
        Assert.Equal(2, _reads.Count);

        _wall.Advance(TimeSpan.FromSeconds(1));
        _reads[1].SetResult("new");
        Assert.Equal("new", await AskAsync());
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task Read_AMinuteBeyondItsTurn_WaitsForTheNewAnswer()
    {
        await ReadFirstAsync("old");
        _wall.Advance(TimeSpan.FromSeconds(80));

        var asked = AskAsync();
        Assert.False(asked.IsCompleted);
        _reads[1].SetResult("new");

        Assert.Equal("new", await asked);
    }

    [Fact]
    public async Task Read_RenewalFailed_IsToldOnceAndReadAgain()
    {
        await ReadFirstAsync("old");
        _wall.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("old", await AskAsync());
        _reads[1].SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(AskAsync);
        var asked = AskAsync();
        _reads[2].SetResult("new");

        Assert.Equal("new", await asked);
    }

    /// <summary>Whoever asked first may leave: the next one sees what was begun.</summary>
    [Fact]
    public async Task Read_AskerLeavesWhileItIsReadAgain_GoesOn()
    {
        await ReadFirstAsync("old");
        _wall.Advance(TimeSpan.FromSeconds(20));
        using var leaving = new CancellationTokenSource();
        CancellationToken given = default;
        Assert.Equal("old", await _shelf.ReadAsync("key", token => Begin(given = token), leaving.Token));
        await leaving.CancelAsync();

        Assert.False(given.CanBeCanceled);
        _wall.Advance(TimeSpan.FromSeconds(1));
        _reads[1].SetResult("new");
        Assert.Equal("new", await AskAsync());
    }

    [Fact]
    public async Task Read_CheapAnswerBeyondItsTurn_IsWaitedFor()
    {
        await ReadFirstAsync("old", TimeSpan.FromMilliseconds(99));
        _wall.Advance(TimeSpan.FromSeconds(2));

        var asked = AskAsync();
        Assert.False(asked.IsCompleted);
        _wall.Advance(TimeSpan.FromMilliseconds(99));
        _reads[1].SetResult("new");

        Assert.Equal("new", await asked);
        Assert.Equal("new", await AskAsync());
        Assert.Equal(2, _reads.Count);
    }

    [Fact]
    public async Task Read_CheapAnswerThatFailsBeyondItsTurn_IsToldAndReadAgain()
    {
        await ReadFirstAsync("old", TimeSpan.FromMilliseconds(99));
        _wall.Advance(TimeSpan.FromSeconds(2));
        var asked = AskAsync();
        _reads[1].SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => asked);
        var again = AskAsync();
        _reads[2].SetResult("new");

        Assert.Equal("new", await again);
    }

    private Task ReadFirstAsync(string answer) => ReadFirstAsync(answer, TimeSpan.FromSeconds(1));

    private async Task ReadFirstAsync(string answer, TimeSpan cost)
    {
        var asked = AskAsync();
        _wall.Advance(cost);
        _reads[0].SetResult(answer);
        Assert.Equal(answer, await asked);
    }

    private Task<string> AskAsync() => _shelf.ReadAsync("key", Begin, CancellationToken.None);

    private Task<string> Begin(CancellationToken token)
    {
        _ = token; // what is read here ends when the test says so
        _reads.Add(new TaskCompletionSource<string>());
        return _reads[^1].Task;
    }
}
