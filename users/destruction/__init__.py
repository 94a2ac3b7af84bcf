"""Destruction for good of what was deleted, and of members who have left, once it has been kept for long enough.

개인정보 보호법 art. 21 (1): what is no longer needed is destroyed without delay, so that it can't be recovered. What
other acts have kept longer stays apart from it and names nobody (art. 21 (3)): the ledger of introductions and the
settlements of cancellations know a subscription's id, which no row leads from to a person any more (전자상거래 등에서의
소비자보호에 관한 법률 시행령 art. 6: five years); the access record, which knows ids, has a retention of its own
(`users/audit/retention.py`).
"""
