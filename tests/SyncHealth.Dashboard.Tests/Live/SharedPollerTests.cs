using System.Collections.Concurrent;
using SyncHealth.Dashboard.Live;
using SyncHealth.Testing;

namespace SyncHealth.Dashboard.Tests.Live;

public sealed class SharedPollerTests : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualTimeProvider _pace = new(DateTimeOffset.UnixEpoch);
    private readonly BlockingCollection<Reading<string>> _readings = [];
    private readonly SharedPoller<string, string> _poller;
    private ManualResetEventSlim? _gate;
    private Exception? _failure;
    private int _reads;

    public SharedPollerTests() => _poller = new SharedPoller<string, string>(ReadAsync, Interval, _pace, error => "cannot: " + error.Message);

    [Fact]
    public void Subscribe_FiftyViewersOfOneQuestion_CostWhatOneDoes()
    {
        _gate = new ManualResetEventSlim();
        for (var viewer = 0; viewer < 50; viewer++)
            _poller.Subscribe("notes", _readings.Add);
        _gate.Set();

        var answers = Enumerable.Range(0, 50).Select(_ => Next().Answer).ToArray();

        Assert.All(answers, answer => Assert.Equal("notes 1", answer));
        Assert.Equal(1, _poller.Watched);
    }

    [Fact]
    public void Subscribe_SomebodyAskedBefore_HasTheAnswerAtOnce()
    {
        using var first = _poller.Subscribe("notes", _readings.Add);
        Next();

        Reading<string>? known = null;
        using var second = _poller.Subscribe("notes", reading => known = reading);

        Assert.Equal("notes 1", known?.Answer);
    }

    [Fact]
    public void Subscribe_AfterTheInterval_AsksAgain()
    {
        using var subscription = _poller.Subscribe("notes", _readings.Add);

        Assert.Equal("notes 1", Next().Answer);
        AdvanceToNextRead();
        Assert.Equal("notes 2", Next().Answer);
    }

    [Fact]
    public void Read_Fails_KeepsTheLastAnswerAndSaysWhy()
    {
        using var subscription = _poller.Subscribe("notes", _readings.Add);
        Next();
        _failure = new InvalidOperationException("away");

        AdvanceToNextRead();

        Assert.Equal(new Reading<string>("notes 1", "cannot: away"), Next());
    }

    [Fact]
    public void Read_SucceedsAgain_ForgetsTheFailure()
    {
        _failure = new InvalidOperationException("away");
        using var subscription = _poller.Subscribe("notes", _readings.Add);
        Assert.Equal("cannot: away", Next().Failure);
        _failure = null;

        AdvanceToNextRead();

        Assert.Null(Next().Failure);
    }

    [Fact]
    public void Retry_DoesNotWaitForTheInterval()
    {
        using var subscription = _poller.Subscribe("notes", _readings.Add);
        Next();

        _poller.Retry("notes");

        Assert.Equal("notes 2", Next().Answer);
    }

    [Fact]
    public void Dispose_LastViewerLeft_NobodyAsksAndTheAnswerStays()
    {
        var subscription = _poller.Subscribe("notes", _readings.Add);
        Next();
        subscription.Dispose();
        subscription.Dispose();

        _pace.Advance(Interval * 10);

        Assert.Equal(1, Volatile.Read(ref _reads));
        Assert.Equal(0, _poller.Watched);
        Assert.Equal("notes 1", _poller.Peek("notes").Answer);
    }

    [Fact]
    public void Subscribe_NobodyLookedForMinutes_DoesNotShowWhatWasThen()
    {
        var subscription = _poller.Subscribe("notes", _readings.Add);
        Next();
        subscription.Dispose();

        _pace.Advance(TimeSpan.FromMinutes(2));

        Assert.Null(_poller.Peek("notes").Answer);
        using var later = _poller.Subscribe("notes", _readings.Add);
        Assert.Equal("notes 2", Next().Answer);
    }

    [Fact]
    public void Peek_ManyQuestionsLeftBehind_OnlyTheLatestAreKept()
    {
        for (var question = 0; question < 40; question++)
        {
            using var subscription = _poller.Subscribe($"q{question}", _readings.Add);
            Next();
        }

        Assert.Null(_poller.Peek("q0").Answer);
        Assert.NotNull(_poller.Peek("q39").Answer);
    }

    public void Dispose()
    {
        _poller.Dispose();
        _gate?.Dispose();
        _readings.Dispose();
    }

    private Task<string> ReadAsync(string question, CancellationToken cancellationToken)
    {
        _gate?.Wait(Patience, cancellationToken);
        var read = Interlocked.Increment(ref _reads);
        return _failure is null ? Task.FromResult($"{question} {read}") : Task.FromException<string>(_failure);
    }

    private Reading<string> Next() => _readings.TryTake(out var reading, Patience) ? reading : throw new TimeoutException("No reading came.");

    /// <summary>The loop sets its timer after it has told its viewers: wait until it stands.</summary>
    private void AdvanceToNextRead()
    {
        Assert.True(SpinWait.SpinUntil(() => _pace.PendingTimers > 0, Patience));
        _pace.Advance(Interval);
    }
}
