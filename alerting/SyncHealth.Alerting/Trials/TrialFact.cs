namespace SyncHealth.Alerting.Trials;

/// <summary>The attempts of one minute of a series.</summary>
internal sealed record TrialFact(TrialSeries Series, DateTimeOffset At)
{
    private const double Percent = 100;

    public DateTimeOffset ArrivedAt => At + Series.Late;

    public int Attempts => Series.Attempts;

    public int Successes => Part(Series.Success);

    public int FirstTry => Part(Math.Min(Series.FirstTry ?? Series.Success, Series.Success));

    public int Slow => Part(Series.Slow);

    public int Conflicted => Part(Series.Conflicted);

    /// <summary>Devices whose attempt of this minute succeeded: the first ones.</summary>
    public int SyncedDevices => (int)Math.Round(Series.Devices * Series.Success / Percent, MidpointRounding.AwayFromZero);

    private int Part(double percent) => (int)Math.Round(Series.Attempts * percent / Percent, MidpointRounding.AwayFromZero);
}
