namespace SyncHealth.Statistics.Verdicts;

/// <summary>One comparison's answer before it is judged.</summary>
/// <param name="Method">How it was found.</param>
/// <param name="Value">Release − baseline.</param>
/// <param name="Interval">Its interval, valid at every look.</param>
/// <param name="LogEvidence">ln of the e-value that there is a difference.</param>
/// <param name="VariancePerDevice">Squared standard error × devices: what more devices divide.</param>
internal readonly record struct Finding(VerdictMethod Method, double Value, Interval Interval, double LogEvidence, double VariancePerDevice)
{
    public bool ExcludesZero => Interval.Low > 0 || Interval.High < 0;
}
