namespace SyncHealth.Dashboard.Live;

/// <summary>
/// Asks each distinct question at a steady pace while anybody looks, however many look: fifty viewers cost the database what one does.
/// </summary>
/// <param name="pace">Paces reads of a real database for real eyes: the wall clock, not the shared one.</param>
/// <param name="describe">Turns a failed read into words for people (and logs it).</param>
public sealed class SharedPoller<TQuestion, TAnswer>(
    Func<TQuestion, CancellationToken, Task<TAnswer>> read, TimeSpan interval, TimeProvider pace, Func<Exception, string> describe) : IDisposable
    where TQuestion : notnull
    where TAnswer : class
{
    /// <summary>Answers kept after the last viewer left, so that a reload or a step back shows numbers at once.</summary>
    private const int MaxIdleQuestions = 32;

    private readonly Lock _lock = new();
    private readonly Dictionary<TQuestion, PolledQuestion<TAnswer>> _questions = [];
    private readonly LinkedList<TQuestion> _idle = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Questions that somebody looks at now.</summary>
    public int Watched
    {
        get
        {
            lock (_lock)
                return _questions.Count - _idle.Count;
        }
    }

    /// <summary>The last answer to <paramref name="question"/>, without asking.</summary>
    public Reading<TAnswer> Peek(TQuestion question)
    {
        lock (_lock)
            return _questions.TryGetValue(question, out var polled) ? polled.Latest : Reading<TAnswer>.None;
    }

    /// <summary>
    /// Keeps asking until the result is disposed; <paramref name="onReading"/> is called after every read, on a pool thread,
    /// and at once with what is known already, so that a late viewer does not wait for the next turn.
    /// </summary>
    public IDisposable Subscribe(TQuestion question, Action<Reading<TAnswer>> onReading)
    {
        var (polled, known) = Add(question, onReading);
        if (known != Reading<TAnswer>.None && known == polled.Latest)
            onReading(known);
        return new Subscription(() => Unsubscribe(question, polled, onReading));
    }

    /// <summary>Asks again now instead of at the next turn.</summary>
    public void Retry(TQuestion question)
    {
        lock (_lock)
            if (_questions.TryGetValue(question, out var polled))
                polled.Wake();
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    /// <summary>Adds the viewer, and says what was known before: what is read from now on reaches the viewer by itself.</summary>
    private (PolledQuestion<TAnswer> Polled, Reading<TAnswer> Known) Add(TQuestion question, Action<Reading<TAnswer>> onReading)
    {
        lock (_lock)
        {
            if (!_questions.TryGetValue(question, out var polled))
                _questions.Add(question, polled = new PolledQuestion<TAnswer>(token => read(question, token), interval, pace, describe));
            else if (polled.Viewers == 0)
                _idle.Remove(question);
            var known = polled.Latest;
            polled.Add(onReading, _stopping.Token);
            return (polled, known);
        }
    }

    private void Unsubscribe(TQuestion question, PolledQuestion<TAnswer> polled, Action<Reading<TAnswer>> onReading)
    {
        lock (_lock)
        {
            polled.Remove(onReading);
            if (polled.Viewers > 0)
                return;
            _idle.AddLast(question);
            if (_idle.Count <= MaxIdleQuestions)
                return;
            _questions.Remove(_idle.First!.Value);
            _idle.RemoveFirst();
        }
    }
}
