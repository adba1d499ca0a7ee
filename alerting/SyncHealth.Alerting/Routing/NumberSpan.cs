namespace SyncHealth.Alerting.Routing;

/// <summary>Whole numbers from <paramref name="From"/> to <paramref name="To"/>, both included.</summary>
public readonly record struct NumberSpan(int From, int To)
{
    public bool Contains(int number) => From <= number && number <= To;
}
