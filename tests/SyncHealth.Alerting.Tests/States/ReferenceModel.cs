using SyncHealth.Alerting.Rules;

namespace SyncHealth.Alerting.Tests.States;

/// <summary>
/// What a success-rate rule must do, written a second time and differently: no state is carried along; every evaluation looks back over
/// the whole history since the last notice and adds up what was true. Slow, and short enough to be read in one sitting.
/// </summary>
internal sealed class ReferenceModel(AlertRule rule)
{
    private readonly List<(DateTimeOffset At, char Verdict)> _history = [];
    private bool _isFiring;
    private bool _firedOnTotalFailure;

    /// <summary>What one evaluation leads to: <c>F</c> fires, <c>R</c> resolves, <c>.</c> neither.</summary>
    public char Evaluate(DateTimeOffset at, long successes, long attempts, long devices)
    {
        _history.Add((at, VerdictOf(successes, attempts, devices)));
        return _isFiring ? EvaluateFiring() : EvaluateQuiet();
    }

    private char EvaluateQuiet()
    {
        var isTotal = _history[^1].Verdict == 'T';
        if (!isTotal && !(_history[^1].Verdict == 'B' && TimeOf("BT") >= rule.For))
            return '.';
        (_isFiring, _firedOnTotalFailure) = (true, isTotal);
        _history.Clear();
        return 'F';
    }

    private char EvaluateFiring()
    {
        if (_history[^1].Verdict != 'g' || TimeOf("g") < rule.KeepFiringFor)
            return '.';
        _isFiring = false;
        _history.Clear();
        return 'R';
    }

    /// <summary>Time between neighbouring evaluations with one of the verdicts, back to the last evaluation with another; those without evidence neither count nor end it.</summary>
    private TimeSpan TimeOf(string verdicts)
    {
        var time = TimeSpan.Zero;
        for (var index = _history.Count - 1; index > 0; index--)
        {
            var (at, before) = (_history[index], _history[index - 1]);
            if (before.Verdict != '-' && !verdicts.Contains(before.Verdict))
                return time;
            if (at.Verdict != '-' && before.Verdict != '-')
                time += at.At - before.At;
        }

        return time;
    }

    private char VerdictOf(long successes, long attempts, long devices)
    {
        if (successes == 0 && attempts >= 20 && devices >= 5)
            return 'T';
        var (least, leastDevices) = _isFiring && _firedOnTotalFailure
            ? (Math.Min(20, rule.MinAttempts), Math.Min(5, rule.MinDevices))
            : (rule.MinAttempts, rule.MinDevices);
        if (attempts == 0 || attempts < least || devices < leastDevices)
            return '-';
        if (successes * 100 < (long)rule.Limit * attempts)
            return 'B';
        return successes * 100 >= (long)rule.Recover * attempts ? 'g' : 'b';
    }
}
