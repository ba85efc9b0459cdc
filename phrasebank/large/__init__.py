"""Mining of corpora too large for memory, on one machine or on a cluster: the steps of `phrasebank.assemble` over files on disk.

    partition → copies → gather → fold → write        every arrow is Parquet files with a manifest, never a value handed back

docs/scaling.md tells how it works and what it takes; the entry is `phrasebank.large.run.mine_large`.
"""
